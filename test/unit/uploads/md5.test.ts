import { createHash, randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { BlockPool } from '../../../main/uploads/block-pool';

const BLOCK_BYTES = 4096;

/** Hashes messages in step, a block of each at a time, as parts in flight do. */
function hashTogether(messages: Buffer[]): string[] {
  const pool = new BlockPool(BLOCK_BYTES, messages.length);
  const hashes = messages.map((message) => ({ message, md5: pool.md5(), block: pool.take() }));
  const longestBytes = Math.max(...messages.map((message) => message.length));
  for (let at = 0; at < longestBytes; at += BLOCK_BYTES) {
    for (const { message, md5, block } of hashes) {
      if (at >= message.length) continue;
      md5.settle(block);
      const lengthBytes = message.copy(block, 0, at);
      md5.update(block.subarray(0, lengthBytes));
    }
  }
  return hashes.map(({ md5 }) => md5.hex());
}

function expected(messages: Buffer[]): string[] {
  return messages.map((message) => createHash('md5').update(message).digest('hex'));
}

it.each([1, 2, 4, 5, 8, 9, 20])('no part is taken for damaged when %i are hashed at once', (count) => {
  const messages = Array.from({ length: count }, () => randomBytes(5 * BLOCK_BYTES));
  expect(hashTogether(messages)).toEqual(expected(messages));
});

it('no length of a last part gives a wrong checksum', () => {
  for (let first = 0; first <= 130; first += 6) {
    const messages = Array.from({ length: 6 }, (_, index) => randomBytes(first + index));
    expect(hashTogether(messages)).toEqual(expected(messages));
  }
});

it('parts of different lengths, one of them after another, keep their own checksums', () => {
  const lengths = [1, 3, 2, 9, 4, 1, 7, 5, 6, 2].map((blocks) => blocks * BLOCK_BYTES - 100);
  const messages = lengths.map((length) => randomBytes(length));
  expect(hashTogether(messages)).toEqual(expected(messages));
});

it('two blocks of one part that wait at the same time are hashed in their order', () => {
  const pool = new BlockPool(BLOCK_BYTES, 6);
  const messages = [0, 1, 2].map(() => randomBytes(2 * BLOCK_BYTES));
  const hashes = messages.map((message) => {
    const md5 = pool.md5();
    for (const at of [0, BLOCK_BYTES]) {
      const block = pool.take();
      message.copy(block, 0, at);
      md5.update(block);
    }
    return md5;
  });
  expect(hashes.map((md5) => md5.hex())).toEqual(expected(messages));
});

it('a part that was given up leaves the others their checksums', () => {
  const pool = new BlockPool(BLOCK_BYTES, 2);
  const [kept, dropped] = [pool.md5(), pool.md5()];
  const message = randomBytes(BLOCK_BYTES);
  const [block, other] = [pool.take(), pool.take()];
  message.copy(block);
  kept.update(block);
  dropped.update(other);
  dropped.drop();
  other.fill(7);
  expect([kept.hex()]).toEqual(expected([message]));
});
