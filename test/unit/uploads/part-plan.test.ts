import { expect, it } from 'vitest';
import {
  MAX_FILE_BYTES,
  MAX_PART_BYTES,
  MAX_PARTS,
  MIN_PART_BYTES,
  missingParts,
  partSizeFor,
  planParts,
} from '../../../main/uploads/part-plan';

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

it('a file that has no place in 10,000 parts, or no bytes, is refused', () => {
  expect(() => partSizeFor(MAX_FILE_BYTES + 1)).toThrow('file-too-large');
  expect(() => partSizeFor(0)).toThrow('file-empty');
});

it('the parts make up the file without a gap, the last one taking the rest', () => {
  const plan = planParts(12 * MIB + 1, 5 * MIB);
  expect(plan).toEqual([
    { partNumber: 1, offsetBytes: 0, sizeBytes: 5 * MIB },
    { partNumber: 2, offsetBytes: 5 * MIB, sizeBytes: 5 * MIB },
    { partNumber: 3, offsetBytes: 10 * MIB, sizeBytes: 2 * MIB + 1 },
  ]);
  expect(planParts(10 * MIB, 5 * MIB).length).toBe(2);
});

it('a stored part counts only with the length that was planned', () => {
  const plan = planParts(12 * MIB, 5 * MIB);
  const sent = [
    { partNumber: 1, sizeBytes: 5 * MIB, etag: '"a"' },
    { partNumber: 3, sizeBytes: 5 * MIB, etag: '"c"' },
  ];
  expect(missingParts(plan, sent).map((part) => part.partNumber)).toEqual([2, 3]);
});
