import { expect, test } from 'vitest';
import { costOf, costSince, type ProcessCost } from '../../bench/watch/process-cost';

const sample = (atS: number, cpuSeconds: number, pssMiB: number): ProcessCost => ({
  atMs: atS * 1000,
  cpuSeconds,
  pssMiB,
  rssMiB: pssMiB + 50,
});

test('what the start costs is not part of the figures', () => {
  const samples = [sample(0, 0, 300), sample(30, 20, 280)];
  for (let atS = 60; atS <= 600; atS += 10) samples.push(sample(atS, 20 + (atS - 60) / 50, 100));
  const cost = costSince(samples, 60_000);
  expect(cost.cpuPercent).toBeCloseTo(2);
  expect(cost).toMatchObject({ growthMiB: 0, pssMiB: 100, rssMiB: 150 });
});

test('memory that keeps growing is noticed, a single peak is not', () => {
  const samples = (mib: (atS: number) => number) =>
    Array.from({ length: 61 }, (_, index) => sample(index * 10, 0, mib(index * 10)));
  const growing = costSince(
    samples((atS) => 100 + atS / 10),
    60_000,
  );
  expect(growing.growthMiB).toBeCloseTo(48);
  const peak = costSince(
    samples((atS) => (atS === 570 ? 400 : 100)),
    60_000,
  );
  expect(peak.growthMiB).toBe(0);
});

test('a time too short to measure anything is refused', () => {
  expect(() => costSince([sample(0, 0, 1)], 0)).toThrow('too short');
});

test.runIf(process.platform === 'linux')('the figures of a process are its own', () => {
  const own = costOf(process.pid);
  expect(own.cpuSeconds).toBeGreaterThan(0);
  expect(own.pssMiB).toBeGreaterThan(10);
  expect(own.rssMiB).toBeGreaterThanOrEqual(own.pssMiB);
});
