import { type BackoffPolicy, backoffMs } from '../domain/backoff';
import type { UploadProblem, UploadStep } from '../domain/upload';

const BACKOFF: BackoffPolicy = { firstMs: 1_000, maxMs: 60_000 };
/** The longest Retry-After that is honoured: after that time, another attempt does no harm. */
const MAX_RETRY_AFTER_MS = 15 * 60_000;
/** Spreads out clients that were all given the same time. */
const SPREAD_MS = 1_000;

/**
 * How often a part or a call is tried: after this many failures in a row the upload has failed, and the
 * user decides what to do. Problems that are not listed end it at once: trying again would not help.
 */
const TRIES: Partial<Record<UploadProblem, number>> = {
  // The network will come back, and a rate limit will pass: these never end an upload.
  unreachable: Number.POSITIVE_INFINITY,
  'timed-out': Number.POSITIVE_INFINITY,
  // Nothing was sent, and it works again once the user has left that network or added its certificate.
  'untrusted-certificate': Number.POSITIVE_INFINITY,
  'wrong-certificate': Number.POSITIVE_INFINITY,
  'rate-limited': Number.POSITIVE_INFINITY,
  // Not cancelled by the upload itself, which would not retry: the client was reset.
  cancelled: Number.POSITIVE_INFINITY,
  // The sign-in page of a network, or a proxy, answers instead of the service: as good as unreachable,
  // and it may last a night.
  'not-json': Number.POSITIVE_INFINITY,
  malformed: Number.POSITIVE_INFINITY,
  'unexpected-shape': Number.POSITIVE_INFINITY,
  'too-large': Number.POSITIVE_INFINITY,
  // About eight minutes.
  'service-fault': 15,
  'completion-unconfirmed': 15,
  'storage-refused': 4,
};

/** Steps at which a problem has fewer tries. */
const TRIES_OF_STEP: Partial<Record<UploadStep, typeof TRIES>> = {
  // The service may have understood what we do not understand of its answer, and each further call may
  // leave a clip behind. About two minutes. A page comes from elsewhere, so it does not count.
  opening: { malformed: 8, 'unexpected-shape': 8, 'too-large': 8 },
  // A URL that no part may be sent to, or a host without ETags: each try costs a whole part.
  part: { 'unexpected-shape': 15 },
};

/** The failures of one call or part since it last worked. */
export interface RetryState {
  /** Failures in a row; the waits grow with them. */
  failures: number;
  /** Attempts that each problem has used up: they are counted separately. */
  spent: Partial<Record<UploadProblem, number>>;
}

export const NO_FAILURES: RetryState = { failures: 0, spent: {} };

/** What ServiceError and UploadFailure have in common. */
export interface Failing {
  problem: UploadProblem;
  retryAtMs: number | null;
  remoteText: string | null;
}

/**
 * Whether to try again after a failure, and after how many milliseconds: never before the time that the
 * service asked for. Null when no attempt is left. `random` is in [0, 1).
 */
export function nextRetry(
  step: UploadStep,
  state: RetryState,
  failing: Pick<Failing, 'problem' | 'retryAtMs'>,
  nowMs: number,
  random: number,
): { state: RetryState; waitMs: number } | null {
  const tries = TRIES_OF_STEP[step]?.[failing.problem] ?? TRIES[failing.problem] ?? 0;
  const spent = (state.spent[failing.problem] ?? 0) + 1;
  if (spent >= tries) return null;
  const next = {
    failures: state.failures + 1,
    spent: { ...state.spent, [failing.problem]: spent },
  };
  const retryAfterMs = failing.retryAtMs === null ? 0 : Math.max(0, failing.retryAtMs - nowMs);
  if (retryAfterMs === 0) return { state: next, waitMs: backoffMs(BACKOFF, next.failures, random) };
  return {
    state: next,
    waitMs: Math.min(retryAfterMs, MAX_RETRY_AFTER_MS) + random * SPREAD_MS,
  };
}
