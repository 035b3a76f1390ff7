import { expect, it } from 'vitest';
import type { ArrivedPart } from '../../../main/uploads/deps';
import { StoredParts } from '../../../main/uploads/stored-parts';
import { MemoryStore } from './memory-store';

const facts = { sentAtMs: 1, tookMs: 1, tries: 1, md5Hex: '0'.repeat(32) };
const arrived = (partNumber: number) => ({
  part: { partNumber, sizeBytes: 1, etag: `"${partNumber}"` },
  facts,
});

/** A store that counts its transactions, on a disk that may be full. */
class CountingStore extends MemoryStore {
  transactions = 0;
  full = false;

  override recordParts(id: string, parts: ArrivedPart[]): void {
    this.transactions += 1;
    if (this.full) throw new Error('disk full');
    super.recordParts(id, parts);
  }
}

/** Time stands still. */
const clock = { nowMs: () => 0, monotonicMs: () => 0, after: () => () => {} };

it('parts that arrive together cost one transaction, and the last ones are not left behind', async () => {
  const store = new CountingStore();
  const failures: unknown[] = [];
  const storedParts = new StoredParts({ store, clock }, 'upload', (error) => failures.push(error));
  for (const partNumber of [1, 2, 3]) storedParts.add(arrived(partNumber));
  expect(store.recorded).toEqual([]);
  await storedParts.flush();
  expect(store.recorded).toEqual(['upload/1', 'upload/2', 'upload/3']);
  expect(store.transactions).toBe(1);
  expect(failures).toEqual([]);
});

it('parts that a full disk does not take do not count as sent', async () => {
  const store = new CountingStore();
  store.full = true;
  const failures: unknown[] = [];
  const storedParts = new StoredParts({ store, clock }, 'upload', (error) => failures.push(error));
  storedParts.add(arrived(1));
  await storedParts.flush();
  expect(failures).toEqual([new Error('disk full')]);
  expect(store.recorded).toEqual([]);
});
