import { expect, it } from 'vitest';
import type { UploadProblem, UploadStep } from '../../../main/domain/upload';
import { NO_FAILURES, nextRetry, type RetryState } from '../../../main/uploads/retry-policy';

const NOW_MS = 1_000_000;

/** The waits of a series of equal failures until no try is left; at most this many. */
function waits(
  problem: UploadProblem,
  random: number,
  most: number,
  step: UploadStep = 'part',
): number[] {
  const all: number[] = [];
  let state: RetryState = NO_FAILURES;
  while (all.length < most) {
    const next = nextRetry(step, state, { problem, retryAtMs: null }, NOW_MS, random);
    if (!next) break;
    all.push(next.waitMs);
    state = next.state;
  }
  return all;
}

it('a network that is gone for a week does not fail an upload, and is tried once a minute at most', () => {
  const all = waits('unreachable', 0.999_999, 10_000);
  expect(all.length).toBe(10_000);
  expect(all.slice(0, 7).map(Math.round)).toEqual([
    1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000,
  ]);
  expect(Math.max(...all)).toBeLessThanOrEqual(60_000);
});

it('waits are spread over half of the time, so that clients do not fall into step', () => {
  expect(waits('unreachable', 0, 5)).toEqual([500, 1_000, 2_000, 4_000, 8_000]);
  expect(waits('unreachable', 0.5, 3)).toEqual([750, 1_500, 3_000]);
});

it('a faulty service fails the upload after some minutes, a refusal at once', () => {
  const total = waits('service-fault', 0.5, 1_000).reduce((sum, wait) => sum + wait, 0);
  expect(total).toBeGreaterThan(3 * 60_000);
  expect(total).toBeLessThan(20 * 60_000);
  for (const problem of ['key-refused', 'no-credit', 'rejected', 'not-found', 'file-changed']) {
    expect(waits(problem as UploadProblem, 0.5, 5)).toEqual([]);
  }
});

it('failures of the network do not use up the tries for faults', () => {
  let state: RetryState = NO_FAILURES;
  for (let count = 0; count < 100; count += 1) {
    const failing = { problem: 'timed-out' as const, retryAtMs: null };
    state = nextRetry('part', state, failing, NOW_MS, 0)?.state ?? NO_FAILURES;
  }
  const fault = { problem: 'service-fault' as const, retryAtMs: null };
  expect(nextRetry('part', state, fault, NOW_MS, 0)).not.toBeNull();
});

it('a time that the service gave is respected, up to a limit', () => {
  const wait = (retryAtMs: number) =>
    nextRetry('part', NO_FAILURES, { problem: 'rate-limited', retryAtMs }, NOW_MS, 0.5)?.waitMs;
  expect(wait(NOW_MS + 7_000)).toBe(7_500);
  expect(wait(NOW_MS + 10 * 365 * 86_400_000)).toBe(15 * 60_000 + 500);
  expect(wait(NOW_MS - 5_000)).toBe(750);
});

it('the sign-in page of a network does not fail an upload, however long nobody signs in', () => {
  for (const step of ['opening', 'signing', 'part', 'completing', 'giving-up'] as const) {
    expect(waits('not-json', 0.5, 2_000, step).length).toBe(2_000);
  }
  for (const problem of ['malformed', 'unexpected-shape', 'too-large'] as const) {
    for (const step of ['signing', 'completing'] as const) {
      expect(waits(problem, 0.5, 2_000, step).length).toBe(2_000);
    }
  }
});

it('a wrong answer that may have left a clip behind is borne for two minutes, not for ever', () => {
  for (const problem of ['malformed', 'unexpected-shape', 'too-large'] as const) {
    const all = waits(problem, 0.5, 2_000, 'opening');
    const total = all.reduce((sum, wait) => sum + wait, 0);
    expect(total).toBeGreaterThan(60_000);
    expect(all.length).toBeLessThan(10);
  }
});
