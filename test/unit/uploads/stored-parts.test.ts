import { expect, it } from 'vitest';
import type { ArrivedPart, UploadPorts } from '../../../main/uploads/ports';
import { StoredParts } from '../../../main/uploads/stored-parts';
import { MemoryStore } from './memory-store';

const facts = { sentAtMs: 1, tookMs: 1, tries: 1, md5Hex: '0'.repeat(32) };
const arrived = (partNumber: number) => ({
  part: { partNumber, sizeBytes: 1, etag: `"${partNumber}"` },
  facts,
});

/** A store that counts its transactions, on a disk that is full if so asked. */
class CountingStore extends MemoryStore {
  transactions = 0;
  full = false;

  override recordParts(id: string, parts: ArrivedPart[]): void {
    this.transactions += 1;
    if (this.full) throw new Error('disk full');
    super.recordParts(id, parts);
  }
}

/** Time stands still, except for whoever does not want to wait any more. */
const clock = {
  now: () => 0,
  delay: (_ms: number, signal?: AbortSignal) =>
    new Promise<void>((resolve) => {
      if (signal?.aborted) resolve();
      signal?.addEventListener('abort', () => resolve());
    }),
};

it('parts that arrive together cost the disk one wait, and the last ones are not left behind', async () => {
  const store = new CountingStore();
  const failures: unknown[] = [];
  const ports = { store, clock } as unknown as UploadPorts;
  const records = new StoredParts(ports, 'upload', (error) => failures.push(error));
  for (const partNumber of [1, 2, 3]) records.add(arrived(partNumber));
  expect(store.recorded).toEqual([]);
  await records.settled();
  expect(store.recorded).toEqual(['upload/1', 'upload/2', 'upload/3']);
  expect(store.transactions).toBe(1);
  expect(failures).toEqual([]);
});

it('parts that a full disk does not take are not taken for sent', async () => {
  const store = new CountingStore();
  store.full = true;
  const failures: unknown[] = [];
  const ports = { store, clock } as unknown as UploadPorts;
  const records = new StoredParts(ports, 'upload', (error) => failures.push(error));
  records.add(arrived(1));
  await records.settled();
  expect(failures).toEqual([new Error('disk full')]);
  expect(store.recorded).toEqual([]);
});
