import { expect, it } from 'vitest';
import { missingParts, planParts } from '../../../main/uploads/part-plan';

const MIB = 1024 ** 2;

it('the parts make up the file without a gap, and the last one takes the rest', () => {
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
