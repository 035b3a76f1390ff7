import { expect, it } from 'vitest';
import {
  MAX_FILE_BYTES,
  MAX_PART_BYTES,
  MAX_PARTS,
  MIN_PART_BYTES,
  partSizeFor,
} from '../../../main/uploads/part-size';

const MIB = 1024 ** 2;
const GIB = 1024 ** 3;

it('no size of file gives parts that the storage host would refuse', () => {
  for (let sizeBytes = 1; sizeBytes <= MAX_FILE_BYTES; sizeBytes = Math.ceil(sizeBytes * 1.37)) {
    const partSizeBytes = partSizeFor(sizeBytes);
    expect(partSizeBytes).toBeGreaterThanOrEqual(MIN_PART_BYTES);
    expect(partSizeBytes).toBeLessThanOrEqual(MAX_PART_BYTES);
    expect(Math.ceil(sizeBytes / partSizeBytes)).toBeLessThanOrEqual(MAX_PARTS);
    expect(partSizeBytes % MIB).toBe(0);
  }
  expect(Math.ceil(MAX_FILE_BYTES / partSizeFor(MAX_FILE_BYTES))).toBeLessThanOrEqual(MAX_PARTS);
});

it('parts grow with the file', () => {
  const sizes = [MIB, GIB, 10 * GIB, 100 * GIB, 1000 * GIB].map(partSizeFor);
  expect(sizes).toEqual([5 * MIB, 16 * MIB, 16 * MIB, 16 * MIB, 103 * MIB]);
});

it('a file that does not fit into 10,000 parts, or is empty, is refused', () => {
  expect(() => partSizeFor(MAX_FILE_BYTES + 1)).toThrow('file-too-large');
  expect(() => partSizeFor(0)).toThrow('file-empty');
});
