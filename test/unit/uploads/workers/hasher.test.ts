import { createHash, randomBytes } from 'node:crypto';
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Hasher } from '../../../../main/uploads/workers/hasher';
import type { HashAnswer } from '../../../../main/uploads/workers/messages';

const bytes = randomBytes(3_000_001);
let folder: string;
let fd: number;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cliptray-hasher-'));
  const path = join(folder, 'file');
  writeFileSync(path, bytes);
  fd = openSync(path, 'r');
});
afterAll(() => {
  closeSync(fd);
  rmSync(folder, { recursive: true });
});

/** A hasher, and a way to wait for its answers. */
function setUp() {
  const answers = new Map<number, HashAnswer>();
  const waiting = new Map<number, (answer: HashAnswer) => void>();
  const hasher = new Hasher((answer) => {
    answers.set(answer.id, answer);
    waiting.get(answer.id)?.(answer);
  });
  const answer = (id: number) =>
    new Promise<HashAnswer>((resolve) => {
      const known = answers.get(id);
      if (known) resolve(known);
      else waiting.set(id, resolve);
    });
  return { hasher, answer };
}

const md5 = (offsetBytes: number, sizeBytes: number) =>
  createHash('md5')
    .update(bytes.subarray(offsetBytes, offsetBytes + sizeBytes))
    .digest('hex');

describe('hashing parts', () => {
  it('gives the MD5 of every part, whatever its length and however many there are', async () => {
    const { hasher, answer } = setUp();
    // Around the 64 bytes that MD5 works on, around the block, and more than there are lanes.
    const sizes = [
      1, 55, 56, 63, 64, 65, 119, 120, 128, 131_071, 131_072, 131_073, 262_144, 999_999,
    ];
    const parts = sizes.map((sizeBytes, id) => ({ id, sizeBytes, offsetBytes: id * 17 }));
    for (const part of parts) hasher.take({ do: 'md5', fd, ...part });
    for (const { id, offsetBytes, sizeBytes } of parts) {
      expect(await answer(id), `${sizeBytes} bytes`).toEqual({
        id,
        digest: md5(offsetBytes, sizeBytes),
      });
    }
  });

  it('reports a part that reaches beyond the end of the file, and still hashes the others', async () => {
    const { hasher, answer } = setUp();
    hasher.take({ do: 'md5', id: 1, fd, offsetBytes: 2_999_000, sizeBytes: 200_000 });
    hasher.take({ do: 'md5', id: 2, fd, offsetBytes: 0, sizeBytes: 400_000 });
    expect(await answer(1)).toEqual({ id: 1, fileError: null });
    expect(await answer(2)).toEqual({ id: 2, digest: md5(0, 400_000) });
  });

  it('reports why a part cannot be read', async () => {
    const { hasher, answer } = setUp();
    const folderFd = openSync(folder, 'r');
    hasher.take({ do: 'md5', id: 1, fd: folderFd, offsetBytes: 0, sizeBytes: 1_000 });
    expect(await answer(1)).toEqual({ id: 1, fileError: 'EISDIR' });
    closeSync(folderFd);
  });

  it('answers requests that were dropped, so that the file can be closed', async () => {
    const { hasher, answer } = setUp();
    for (let id = 0; id < 12; id += 1) {
      hasher.take({ do: 'md5', id, fd, offsetBytes: 0, sizeBytes: 2_000_000 });
    }
    hasher.take({ do: 'sha256', id: 100, fd, sizeBytes: bytes.length });
    for (const id of [0, 11, 100]) {
      hasher.take({ do: 'drop', id });
      expect(await answer(id)).toEqual({ id, dropped: true });
    }
    expect(await answer(10)).toEqual({ id: 10, digest: md5(0, 2_000_000) });
  });
});

it('gives the SHA-256 of a whole file, after the parts that wait', async () => {
  const { hasher, answer } = setUp();
  const order: number[] = [];
  hasher.take({ do: 'sha256', id: 1, fd, sizeBytes: bytes.length });
  hasher.take({ do: 'md5', id: 2, fd, offsetBytes: 0, sizeBytes: 1_000_000 });
  const sha256 = answer(1).then((found) => {
    order.push(1);
    return found;
  });
  await answer(2).then(() => order.push(2));
  expect(await sha256).toEqual({ id: 1, digest: createHash('sha256').update(bytes).digest('hex') });
  expect(order).toEqual([2, 1]);
});
