import { expect, it } from 'vitest';
import { EMPTY_METER, measureThroughput } from '../../../main/domain/throughput';
import type { UploadProgress } from '../../../main/domain/upload';

const MB = 1_000_000;

/** Samples bytes, which are a function of the seconds, 4 times a second. */
function follow(seconds: number, sentBytes: (second: number) => number, sizeBytes = 1000 * MB) {
  let meter = EMPTY_METER;
  const seen: UploadProgress[] = [];
  for (let tick = 0; tick <= seconds * 4; tick += 1) {
    const sent = Math.round(sentBytes(tick / 4));
    const result = measureThroughput(meter, {
      nowMs: 50_000 + tick * 250,
      sentBytes: sent,
      sizeBytes,
    });
    meter = result.meter;
    seen.push(result.progress);
  }
  return { meter, seen, last: seen.at(-1) as UploadProgress };
}

it('a steady link shows its speed, and a time left that counts down with the clock', () => {
  const { seen, last } = follow(20, (second) => second * 10 * MB);
  expect(seen[0]).toEqual({ sentBytes: 0, bytesPerSecond: null, timeLeftMs: null });
  expect(last.bytesPerSecond).toBeCloseTo(10 * MB, -3);
  expect(last.timeLeftMs).toBeCloseTo(80_000, -2);
});

it('a resumed upload does not begin with a jump in speed', () => {
  const { seen } = follow(10, (second) => 600 * MB + second * MB);
  const speeds = seen.flatMap((one) => one.bytesPerSecond ?? []);
  expect(Math.max(...speeds)).toBeLessThan(1.1 * MB);
});

it('the time left does not jump when the speed does', () => {
  const { seen } = follow(40, (second) =>
    second < 20 ? second * 10 * MB : 200 * MB + (second - 20) * 2 * MB,
  );
  const left = seen.flatMap((one) => one.timeLeftMs ?? []);
  for (let index = 1; index < left.length; index += 1) {
    const stepMs = (left[index] as number) - (left[index - 1] as number);
    expect(Math.abs(stepMs)).toBeLessThan(0.1 * (left[index - 1] as number));
  }
  // And yet it converges: 760 MB at 2 MB/s.
  expect(left.at(-1)).toBeGreaterThan(0.75 * 380_000);
});

it('parts that end in bursts do not make the time left jump', () => {
  const { seen } = follow(60, (second) => Math.floor(second) * 5 * MB);
  const left = seen.slice(40).flatMap((one) => one.timeLeftMs ?? []);
  let risesMs = 0;
  for (let index = 1; index < left.length; index += 1) {
    risesMs += Math.max(0, (left[index] as number) - (left[index - 1] as number));
  }
  expect(risesMs).toBeLessThan(3_000);
});

it('a part that is sent again shows no negative speed, and a stalled link shows no time left', () => {
  const { seen, last } = follow(30, (second) => (second < 10 ? second * 10 * MB : 60 * MB));
  expect(seen.every((one) => (one.bytesPerSecond ?? 0) >= 0)).toBe(true);
  expect(last).toEqual({ sentBytes: 60 * MB, bytesPerSecond: 0, timeLeftMs: null });
});

it('a night asleep or a clock that was set back leads to no absurd figures', () => {
  const { meter } = follow(10, (second) => second * 10 * MB);
  for (const nowMs of [60_000 + 9 * 3_600_000, 1_000]) {
    const { progress } = measureThroughput(meter, {
      nowMs,
      sentBytes: 101 * MB,
      sizeBytes: 1000 * MB,
    });
    expect(progress).toEqual({ sentBytes: 101 * MB, bytesPerSecond: null, timeLeftMs: null });
  }
});
