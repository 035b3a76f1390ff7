import { expect, test } from 'vitest';
import { killRows } from '../../faults/uploads/kill-rows';
import { parseOptions } from '../../faults/uploads/options';
import { seedOf } from '../../faults/uploads/play';
import { tableOf, totals } from '../../faults/uploads/table';

const counts = { partsSentTwice: 1, danglingUploads: 2, unknowable: 3 };
const RESULTS = [
  { name: 'one', injected: 5, survived: 4, ...counts },
  { name: 'another of them', injected: 2, survived: 2, ...counts },
];

test('the totals are the sums of all rows', () => {
  expect(totals(RESULTS)).toEqual({
    injected: 7,
    survived: 6,
    partsSentTwice: 2,
    danglingUploads: 4,
    unknowable: 6,
  });
});

test('each row of the table lines up with the headings', () => {
  const lines = tableOf(RESULTS).split('\n');
  const head = lines[0] ?? '';
  for (const name of ['one', 'another of them', 'all']) {
    expect(lines.find((line) => line.startsWith(name))?.length).toBe(head.length);
  }
});

test('a seed repeats every trial, and no two trials are alike', () => {
  const seeds = ['a', 'b'].flatMap((row) => [0, 1, 2].map((index) => seedOf(7, row, index)));
  expect(new Set(seeds).size).toBe(6);
  expect(seedOf(7, 'b', 2)).toBe(seeds[5]);
  expect(seedOf(8, 'b', 2)).not.toBe(seeds[5]);
});

test.each([20, 200])('%i kills are spread over every phase', (kills) => {
  const rows = killRows(kills);
  expect(rows.map(({ name }) => name.replace('kill -9 during ', ''))).toEqual([
    'starting',
    'init',
    'presign',
    'a part',
    'complete',
    'the checksum',
    'anything',
  ]);
  for (const { trials } of rows) expect(trials.length).toBeGreaterThan(0);
});

test('an option that is misspelt is refused', () => {
  expect(parseOptions(['--quick', '--seed=5'])).toMatchObject({ quick: true, seed: 5 });
  expect(() => parseOptions(['--quik'])).toThrow();
  expect(() => parseOptions(['--seed=x'])).toThrow('--seed');
});
