import { type BackoffPolicy, backoffMs } from '../domain/backoff';
import type { ServiceProblem } from '../domain/service-error';

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;

/** No backoff is longer; a wait beyond it comes from a clock that was set back. */
export const MAX_POLL_BACKOFF_MS = 60 * MINUTE_MS;

/** Waiting can help with some problems; others only the user can solve. */
function policyFor(problem: ServiceProblem): BackoffPolicy {
  switch (problem) {
    case 'key-refused':
    case 'scope-missing':
    case 'plan-suspended':
      return { firstMs: 15 * MINUTE_MS, maxMs: MAX_POLL_BACKOFF_MS };
    case 'no-credit':
      return { firstMs: 5 * MINUTE_MS, maxMs: 30 * MINUTE_MS };
    default:
      return { firstMs: 5 * SECOND_MS, maxMs: 5 * MINUTE_MS };
  }
}

/** The wait after the `failures`-th failed poll in a row (1 is the first). `random` is in [0, 1). */
export function pollBackoffMs(problem: ServiceProblem, failures: number, random: number): number {
  return backoffMs(policyFor(problem), failures, random);
}
