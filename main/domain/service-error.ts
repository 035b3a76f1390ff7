export const SERVICE_PROBLEMS = [
  'key-refused', // 401
  'keychain-locked', // the key is stored, and its keychain is locked
  'keychain-silent', // the key is stored, but its keychain does not hand it over now
  'scope-missing', // 403: the key is good, but may not do this
  'plan-suspended', // 403 with billing_suspended
  'no-credit', // 402
  'not-found', // 404
  'conflict', // 409
  'rejected', // 400, 413, 422 and any other 4xx
  'rate-limited', // 429
  'service-fault', // 5xx
  'not-json', // a web page where data was expected: a proxy, a login wall, a wrong address
  'malformed', // JSON that does not parse
  'unexpected-shape', // JSON that parses, without the fields that are needed
  'too-large', // more bytes than any honest answer has
  'unreachable', // no connection, or one that broke
  'untrusted-certificate', // signed by nobody whom this computer trusts: a company's proxy, or an attacker
  'wrong-certificate', // expired, not valid yet, revoked, or for another host
  'timed-out',
  'key-missing', // the key could not be read, so nothing was sent
  'other-address', // the key was saved for another origin, so nothing was sent
  'cancelled', // by us
] as const;

/**
 * Why a call to a service failed, in terms that a person can act on.
 * Only `key-refused` may ever be shown as a wrong key.
 */
export type ServiceProblem = (typeof SERVICE_PROBLEMS)[number];

/** Failure of one call to a service. Its message never holds a key or a query string. */
export class ServiceError extends Error {
  readonly problem: ServiceProblem;
  /** HTTP status, or null when no answer came. */
  readonly status: number | null;
  /** The service's own words, bounded, for display only: never parsed for meaning. */
  readonly remoteText: string | null;
  /** Earliest time another call may be made, from Retry-After or the rate headers. */
  readonly retryAtMs: number | null;

  constructor(
    problem: ServiceProblem,
    options: {
      status?: number | null;
      remoteText?: string | null;
      retryAtMs?: number | null;
      cause?: unknown;
    } = {},
  ) {
    super(
      `${problem}${options.status ? ` (HTTP ${options.status})` : ''}`,
      options.cause === undefined ? undefined : { cause: options.cause },
    );
    this.name = 'ServiceError';
    this.problem = problem;
    this.status = options.status ?? null;
    this.remoteText = options.remoteText ?? null;
    this.retryAtMs = options.retryAtMs ?? null;
  }
}

/** Problems that say nothing about the account: the next attempt may simply work. */
export function isPassing(problem: ServiceProblem): boolean {
  return (
    problem === 'unreachable' ||
    problem === 'untrusted-certificate' ||
    problem === 'wrong-certificate' ||
    problem === 'timed-out' ||
    problem === 'service-fault' ||
    problem === 'rate-limited'
  );
}

/**
 * Whether a call that changes something may have taken effect although it failed.
 * It is then checked by reading, and never repeated, which could cost money twice.
 */
export function mayHaveHappened(problem: ServiceProblem): boolean {
  return (
    problem === 'unreachable' ||
    problem === 'timed-out' ||
    problem === 'service-fault' ||
    problem === 'not-json' ||
    problem === 'malformed' ||
    problem === 'unexpected-shape' ||
    problem === 'too-large'
  );
}
