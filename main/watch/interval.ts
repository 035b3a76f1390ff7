import type { RateLimits } from '../domain/rate-limits';
import type { ServiceProblem } from '../domain/service-error';

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;

/** Never faster than this, whatever a job or a server would like. */
export const FLOOR_MS = 2 * SECOND_MS;

/**
 * How long to wait between two looks at one active job. Just started work is looked at often, since
 * much of it is short; old work rarely. Around the service's own estimate it is often again.
 */
export function jobIntervalMs(
  job: { startedAtMs: number; estimatedDurationMs: number | null },
  nowMs: number,
): number {
  const ageMs = Math.max(0, nowMs - job.startedAtMs);
  if (job.estimatedDurationMs !== null) {
    const leftMs = job.estimatedDurationMs - ageMs;
    if (leftMs > 0) return clamp(leftMs / 4, 3 * SECOND_MS, 15 * SECOND_MS);
    if (-leftMs < job.estimatedDurationMs / 2) return 3 * SECOND_MS;
  }
  if (ageMs < MINUTE_MS) return 3 * SECOND_MS;
  if (ageMs < 5 * MINUTE_MS) return 5 * SECOND_MS;
  if (ageMs < 30 * MINUTE_MS) return 10 * SECOND_MS;
  if (ageMs < 2 * 60 * MINUTE_MS) return 30 * SECOND_MS;
  return MINUTE_MS;
}

/** What waiting can mend, and what only the user can. */
function backoffBoundsMs(problem: ServiceProblem): { firstMs: number; mostMs: number } {
  switch (problem) {
    case 'key-refused':
    case 'scope-missing':
    case 'plan-suspended':
      return { firstMs: 15 * MINUTE_MS, mostMs: 60 * MINUTE_MS };
    case 'no-credit':
      return { firstMs: 5 * MINUTE_MS, mostMs: 30 * MINUTE_MS };
    default:
      return { firstMs: 5 * SECOND_MS, mostMs: 5 * MINUTE_MS };
  }
}

/**
 * Wait after the `failures`-th failed poll in a row (1 is the first): doubling, with jitter over the
 * upper half so that accounts do not fall into step. `random` is from 0 to 1.
 */
export function backoffMs(problem: ServiceProblem, failures: number, random: number): number {
  const { firstMs, mostMs } = backoffBoundsMs(problem);
  const wholeMs = Math.min(mostMs, firstMs * 2 ** Math.min(failures - 1, 20));
  return wholeMs / 2 + (wholeMs / 2) * random;
}

/**
 * The least wait the server's own numbers allow: none before Retry-After, and what is left of a
 * window is spread over the rest of it once less than a quarter remains.
 */
export function serverFloorMs(limits: RateLimits | null, nowMs: number): number {
  if (limits === null) return 0;
  if (limits.retryAtMs !== null && limits.retryAtMs > nowMs) return limits.retryAtMs - nowMs;
  const { limit, remaining, resetAtMs } = limits;
  if (remaining === null || resetAtMs === null || resetAtMs <= nowMs) return 0;
  if (remaining <= 0) return resetAtMs - nowMs;
  if (limit !== null && remaining > limit / 4) return 0;
  return (resetAtMs - nowMs) / remaining;
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
