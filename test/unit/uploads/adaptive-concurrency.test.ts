import { expect, it } from 'vitest';
import {
  adaptConcurrency,
  type ConcurrencyEstimate,
  INITIAL_ESTIMATE,
} from '../../../main/uploads/adaptive-concurrency';

const PART = 5_000_000;
const MAX = 12;

/**
 * Sends parts over a link that carries `bytesPerMs(parts)` with that many parts at once, and
 * returns how many were used each time.
 */
function run(bytesPerMs: (parts: number) => number, arrivals: number, start = INITIAL_ESTIMATE) {
  let link: ConcurrencyEstimate = start;
  let nowMs = 0;
  const used: number[] = [];
  for (let count = 0; count < arrivals; count += 1) {
    const rate = bytesPerMs(link.parts);
    nowMs += PART / rate;
    link = adaptConcurrency(link, { nowMs, bytes: PART, tookMs: (link.parts * PART) / rate }, MAX);
    used.push(link.parts);
  }
  return { link, used };
}

it('a link on which every connection adds throughput is used to the full', () => {
  const { used } = run((parts) => parts * 2_000, 400);
  expect(used.at(-1)).toBe(MAX);
});

it('a link that four parts fill does not get more for long', () => {
  const { used } = run(() => 10_000, 1_000);
  const more = used.filter((parts) => parts > 4).length;
  expect(more).toBeGreaterThan(0);
  expect(more / used.length).toBeLessThan(0.15);
  expect(Math.max(...used)).toBe(6);
});

it('on a slow link few parts are sent at once, so that little is lost when one breaks off', () => {
  const { used } = run(() => 100, 20);
  expect(used.at(-1)).toBe(2);
});

it('a jump of the clock changes nothing', () => {
  let link = adaptConcurrency(INITIAL_ESTIMATE, { nowMs: 0, bytes: PART, tookMs: 100 }, MAX);
  for (const nowMs of [-7_200_000, 7_200_000]) {
    link = adaptConcurrency(link, { nowMs, bytes: PART, tookMs: 100 }, MAX);
    expect(link.parts).toBe(INITIAL_ESTIMATE.parts);
    link = adaptConcurrency(link, { nowMs, bytes: PART, tookMs: 100 }, MAX);
  }
});
