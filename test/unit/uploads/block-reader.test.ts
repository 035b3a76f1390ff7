import { createHash, randomBytes } from 'node:crypto';
import { closeSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { BlockReader, MD5_START, md5Hex } from '../../../main/uploads/block-reader';
import { Folder } from './rig';

const BLOCK_BYTES = 4096;
const MOST = 20;

const folder = new Folder();
const path = join(folder.path, 'bytes');
const content = randomBytes(64 * BLOCK_BYTES);
let reader: BlockReader;
let fd: number;

beforeAll(() => {
  writeFileSync(path, content);
  fd = openSync(path, 'r');
  reader = new BlockReader(BLOCK_BYTES, MOST);
});

afterAll(() => {
  reader.close();
  closeSync(fd);
  folder.remove();
});

/** Reads parts of these lengths side by side, each from another place, and gives their MD5s. */
async function hashOf(lengths: number[]): Promise<string[]> {
  const work = lengths.map(async (sizeBytes, index) => {
    const block = reader.block(index);
    let md5 = MD5_START;
    for (let at = 0; at < sizeBytes; at += BLOCK_BYTES) {
      const filledBytes = Math.min(BLOCK_BYTES, sizeBytes - at);
      const reading = reader.read({
        fd,
        positionBytes: index * 1000 + at,
        address: block.byteOffset,
        sizeBytes: filledBytes,
        md5,
        partBytes: at + filledBytes === sizeBytes ? sizeBytes : null,
      });
      reader.hurry();
      const answer = await reading;
      if (!('md5' in answer)) throw new Error(`${answer.errorCode}`);
      md5 = answer.md5;
      const from = index * 1000 + at;
      expect(
        block.subarray(0, filledBytes).equals(content.subarray(from, from + filledBytes)),
      ).toBe(true);
    }
    return md5Hex(md5);
  });
  return await Promise.all(work);
}

function expected(lengths: number[]): string[] {
  return lengths.map((sizeBytes, index) =>
    createHash('md5')
      .update(content.subarray(index * 1000, index * 1000 + sizeBytes))
      .digest('hex'),
  );
}

it.each([1, 2, 4, 5, 8, 9, MOST])(
  'no part is taken for damaged when %i are read at once',
  async (count) => {
    const lengths = Array.from({ length: count }, () => 5 * BLOCK_BYTES);
    expect(await hashOf(lengths)).toEqual(expected(lengths));
  },
);

it('no length of a last part gives a wrong checksum', async () => {
  for (let first = 1; first <= 130; first += MOST) {
    const lengths = Array.from({ length: MOST }, (_, index) => first + index);
    expect(await hashOf(lengths)).toEqual(expected(lengths));
    const long = lengths.map((sizeBytes) => 2 * BLOCK_BYTES - sizeBytes);
    expect(await hashOf(long)).toEqual(expected(long));
  }
});

it('parts that end at different times keep their own checksums', async () => {
  const lengths = [1, 3, 2, 9, 4, 1, 7, 5, 6, 2].map((blocks) => blocks * BLOCK_BYTES - 100);
  expect(await hashOf(lengths)).toEqual(expected(lengths));
});

it('a file that is too short or cannot be read is told, and the others are read all the same', async () => {
  const ask = (fileNumber: number, positionBytes: number) =>
    reader.read({
      fd: fileNumber,
      positionBytes,
      address: reader.block(0).byteOffset,
      sizeBytes: BLOCK_BYTES,
      md5: MD5_START,
      partBytes: null,
    });
  const asked = [ask(fd, content.length - 100), ask(987_654, 0), ask(fd, 0)];
  reader.hurry();
  const [short, closed, good] = await Promise.all(asked);
  expect(short).toEqual({ errorCode: null });
  expect(closed).toEqual({ errorCode: 'EBADF' });
  expect(good).toHaveProperty('md5');
});
