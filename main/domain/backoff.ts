import type { ServiceProblem } from './service-error';

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;

/** No backoff is longer; a wait beyond it comes from a clock that was set back. */
export const LONGEST_BACKOFF_MS = 60 * MINUTE_MS;

/** What waiting can mend, and what only the user can. */
function backoffBoundsMs(problem: ServiceProblem): { firstMs: number; mostMs: number } {
  switch (problem) {
    case 'key-refused':
    case 'scope-missing':
    case 'plan-suspended':
      return { firstMs: 15 * MINUTE_MS, mostMs: LONGEST_BACKOFF_MS };
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
