import { type BackoffPolicy, backoffMs } from '../domain/backoff';
import type { UploadProblem } from '../domain/upload';

const BACKOFF: BackoffPolicy = { firstMs: 1_000, maxMs: 60_000 };
/** What a service may ask for at most with Retry-After: beyond that, asking again is no harm. */
const LONGEST_ASKED_WAIT_MS = 15 * 60_000;
/** Spread over those who were all told the same time. */
const SPREAD_MS = 1_000;

/**
 * How many failures in a row one call or part may have before the upload is left to the user.
 * A problem that is not here ends it at once: trying again changes nothing.
 */
const TRIES: Partial<Record<UploadProblem, number>> = {
  // The network comes back some day, and a rate limit passes: these never end an upload.
  unreachable: Number.POSITIVE_INFINITY,
  'timed-out': Number.POSITIVE_INFINITY,
  'rate-limited': Number.POSITIVE_INFINITY,
  // Not by us, or we would not ask what to do next: the client has dropped its connections.
  cancelled: Number.POSITIVE_INFINITY,
  // About eight minutes.
  'service-fault': 15,
  'not-json': 4,
  malformed: 4,
  'unexpected-shape': 4,
  'storage-refused': 4,
};

/** What one call or part has been through since its last success. */
export interface RetryState {
  /** Failures in a row; the waits grow with them. */
  failures: number;
  /** How many each problem has spent of its tries: the tries of one are not those of another. */
  spent: Partial<Record<UploadProblem, number>>;
}

export const FRESH: RetryState = { failures: 0, spent: {} };

/** Anything with a problem: ServiceError and UploadFailure both are. */
export interface Failing {
  problem: UploadProblem;
  retryAtMs: number | null;
  remoteText: string | null;
}

/**
 * Whether to try again after a failure, and after how many milliseconds: never before the time the
 * service named. Null when the tries are spent. `random` is in [0, 1).
 */
export function nextRetry(
  state: RetryState,
  failing: Pick<Failing, 'problem' | 'retryAtMs'>,
  nowMs: number,
  random: number,
): { state: RetryState; waitMs: number } | null {
  const tries = TRIES[failing.problem] ?? 0;
  const spent = (state.spent[failing.problem] ?? 0) + 1;
  if (spent >= tries) return null;
  const next = {
    failures: state.failures + 1,
    spent: { ...state.spent, [failing.problem]: spent },
  };
  const askedMs = failing.retryAtMs === null ? 0 : Math.max(0, failing.retryAtMs - nowMs);
  if (askedMs === 0) return { state: next, waitMs: backoffMs(BACKOFF, next.failures, random) };
  return {
    state: next,
    waitMs: Math.min(askedMs, LONGEST_ASKED_WAIT_MS) + random * SPREAD_MS,
  };
}
