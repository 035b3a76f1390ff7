import { describe, expect, it } from 'vitest';
import { backoffMs, jobIntervalMs, serverFloorMs } from '../../../main/watch/interval';

const NOW_MS = 1_800_000_000_000;
const MINUTE_MS = 60_000;
const aged = (ageMs: number, estimatedDurationMs: number | null = null) =>
  jobIntervalMs({ startedAtMs: NOW_MS - ageMs, estimatedDurationMs }, NOW_MS);

describe('how often a job is looked at', () => {
  it('gets rarer with age, so that a stuck job costs little', () => {
    const intervals = [0, 2, 10, 60, 600].map((minutes) => aged(minutes * MINUTE_MS));
    expect(intervals).toEqual([...intervals].sort((a, b) => a - b));
    expect(intervals[0]).toBeLessThanOrEqual(3000);
    expect(intervals.at(-1)).toBe(MINUTE_MS);
  });

  it('is often around the service’s own estimate, and rarer well before it', () => {
    const estimateMs = 2 * MINUTE_MS;
    expect(aged(estimateMs, estimateMs)).toBe(3000);
    expect(aged(10_000, estimateMs)).toBe(15_000);
    expect(aged(estimateMs - 20_000, estimateMs)).toBe(5000);
  });

  it('forgets an estimate that was far off', () => {
    expect(aged(60 * MINUTE_MS, MINUTE_MS)).toBe(aged(60 * MINUTE_MS));
  });
});

describe('after a failed poll', () => {
  it('waits longer each time, up to a limit', () => {
    const waits = [1, 2, 3, 4, 20].map((failures) => backoffMs('service-fault', failures, 1));
    expect(waits).toEqual([5000, 10_000, 20_000, 40_000, 300_000]);
  });

  it('spreads clients over half of the wait', () => {
    expect(backoffMs('unreachable', 3, 0)).toBe(10_000);
  });

  it('asks hardly ever with a key that was refused: asking again cannot help', () => {
    expect(backoffMs('key-refused', 1, 0)).toBeGreaterThanOrEqual(7 * MINUTE_MS);
  });
});

describe('what the server allows', () => {
  const limits = { limit: 100, remaining: 50, resetAtMs: NOW_MS + MINUTE_MS, retryAtMs: null };

  it('is kept to the moment of Retry-After', () => {
    expect(serverFloorMs({ ...limits, retryAtMs: NOW_MS + 30_000 }, NOW_MS)).toBe(30_000);
  });

  it('spreads the last calls of a window over the rest of it', () => {
    expect(serverFloorMs({ ...limits, remaining: 10 }, NOW_MS)).toBe(6000);
    expect(serverFloorMs({ ...limits, remaining: 0 }, NOW_MS)).toBe(MINUTE_MS);
  });

  it('costs nothing while there is plenty, or when the numbers are old or missing', () => {
    expect(serverFloorMs(limits, NOW_MS)).toBe(0);
    expect(serverFloorMs({ ...limits, remaining: 0, resetAtMs: NOW_MS - 1 }, NOW_MS)).toBe(0);
    expect(serverFloorMs(null, NOW_MS)).toBe(0);
  });
});
