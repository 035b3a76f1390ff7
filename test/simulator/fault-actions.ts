/** Where on the wire something breaks. */
type FaultPoint =
  /** headers arrived, no byte of the body was read */
  | 'before-body'
  /** after `afterBytes` bytes of the request body */
  | 'in-body'
  /** the whole request was read; with effect `apply` this is a lost answer */
  | 'after-body'
  /** after `afterBytes` bytes of the answer's body */
  | 'in-answer';

interface Common {
  /** Real milliseconds before anything is answered or broken. */
  delayMs?: number;
  /** Reads the request body no faster than this. */
  requestBytesPerSecond?: number;
  /** Writes the answer no faster than this. */
  answerBytesPerSecond?: number;
  /** Sends a 100, a 102 and a 103 that nobody asked for, this many times, before anything is read. */
  interimResponses?: number;
  /** Whether the request has its effect all the same. Each kind has its own default. */
  effect?: 'apply' | 'skip';
}

export type FaultAction = Common &
  (
    | { kind: 'pass' }
    | {
        kind: 'respond';
        status: number;
        /** text as it is; anything else as JSON */
        body?: unknown;
        headers?: Record<string, string>;
      }
    | {
        kind: 'error';
        status: number;
        code?: string;
        message?: string;
        headers?: Record<string, string>;
        retryAfterSeconds?: number;
        /** Retry-After as an HTTP date this far ahead of the simulator's clock */
        retryAfterDateInMs?: number;
        rate?: { limit: number; remaining: number; resetInMs: number };
      }
    | { kind: 'html'; status?: number }
    | { kind: 'malformed' }
    | { kind: 'truncated'; keepBytes?: number }
    | { kind: 'content-type'; contentType: string }
    | { kind: 'empty'; status?: number }
    | { kind: 'huge'; sizeMiB: number }
    | { kind: 'deep'; depth: number }
    | { kind: 'reset'; point: FaultPoint; afterBytes?: number }
    | { kind: 'hang'; point: FaultPoint; afterBytes?: number }
    | {
        kind: 'kill';
        /** the process to end with SIGKILL; one that is gone already stays gone */
        pid: number;
        point: Exclude<FaultPoint, 'in-answer'> | 'after-answer';
        afterBytes?: number;
        /** after an answer: real milliseconds from its last byte to the kill */
        waitMs?: number;
      }
    | {
        kind: 'redirect';
        status?: number;
        /** `{target}` in it stands for the path and the query of the request. */
        location?: string;
      }
    | { kind: 'expired-url'; afterBytes?: number }
    | { kind: 'etag'; how: 'wrong' | 'missing' }
    | { kind: 'corrupt' }
  );

/**
 * Ready-made actions, so that a test reads as what happens: `simulator.addFault({ path: '/clips',
 * action: faults.rateLimited({ seconds: 7 }) })`. `error` answers in the envelope of the service
 * that the request went to.
 */
export const faults = {
  /** Lets the request through; for use with a delay or a speed. */
  slow: (speeds: Common): FaultAction => ({ kind: 'pass', ...speeds }),
  /** Interim responses that nobody asked for come before the answer. */
  interim: (times = 1): FaultAction => ({ kind: 'pass', interimResponses: times }),
  /** The answer comes, this many real milliseconds late. */
  delayed: (delayMs: number): FaultAction => ({ kind: 'pass', delayMs }),
  /** Any status with any body. */
  respond: (status: number, body?: unknown, headers?: Record<string, string>): FaultAction => ({
    kind: 'respond',
    status,
    body,
    ...(headers && { headers }),
  }),
  /** 401: the key is wrong. */
  unauthorized: (): FaultAction => ({ kind: 'error', status: 401 }),
  /** 402: no credits, no balance. */
  noCredit: (): FaultAction => ({ kind: 'error', status: 402 }),
  /** 403: the key is good, but lacks a scope. */
  scopeMissing: (): FaultAction => ({ kind: 'error', status: 403 }),
  /** 403: the plan is suspended. */
  suspended: (): FaultAction => ({ kind: 'error', status: 403, code: 'billing_suspended' }),
  notFound: (): FaultAction => ({ kind: 'error', status: 404 }),
  conflict: (): FaultAction => ({ kind: 'error', status: 409 }),
  /** 429 with Retry-After in seconds or as a date, and the rate headers; with neither, a bare 429. */
  rateLimited: (
    wait: { seconds?: number; dateInMs?: number; limit?: number } = {},
  ): FaultAction => {
    const waitMs = wait.dateInMs ?? (wait.seconds ?? 0) * 1000;
    return {
      kind: 'error',
      status: 429,
      ...(wait.seconds !== undefined && { retryAfterSeconds: wait.seconds }),
      ...(wait.dateInMs !== undefined && { retryAfterDateInMs: wait.dateInMs }),
      ...(wait.limit !== undefined && {
        rate: { limit: wait.limit, remaining: 0, resetInMs: waitMs },
      }),
    };
  },
  /** 500, 502, 503, 504 or any other, in the service's envelope. */
  serverError: (status = 500): FaultAction => ({ kind: 'error', status }),
  /** 503 with Retry-After. */
  slowDown: (seconds: number): FaultAction => ({
    kind: 'error',
    status: 503,
    retryAfterSeconds: seconds,
  }),
  /** The same as `serverError`, but the request had its effect. */
  serverErrorAfterEffect: (status = 500): FaultAction => ({
    kind: 'error',
    status,
    effect: 'apply',
  }),
  html: (status = 200): FaultAction => ({ kind: 'html', status }),
  malformedJson: (): FaultAction => ({ kind: 'malformed' }),
  /** A complete answer whose JSON stops in the middle. */
  truncatedJson: (keepBytes?: number): FaultAction => ({
    kind: 'truncated',
    ...(keepBytes !== undefined && { keepBytes }),
  }),
  wrongContentType: (contentType = 'text/plain'): FaultAction => ({
    kind: 'content-type',
    contentType,
  }),
  emptyBody: (status = 200): FaultAction => ({ kind: 'empty', status }),
  /** Streams valid JSON of this many MiB. */
  hugeBody: (sizeMiB: number): FaultAction => ({ kind: 'huge', sizeMiB }),
  deepJson: (depth = 100_000): FaultAction => ({ kind: 'deep', depth }),
  resetBeforeBody: (): FaultAction => ({ kind: 'reset', point: 'before-body' }),
  resetAfterRequestBytes: (afterBytes: number): FaultAction => ({
    kind: 'reset',
    point: 'in-body',
    afterBytes,
  }),
  /** The connection breaks after the request was read and before it had any effect. */
  resetWithoutEffect: (): FaultAction => ({ kind: 'reset', point: 'after-body' }),
  /** The request had its effect; the answer is lost. */
  lostAnswer: (): FaultAction => ({ kind: 'reset', point: 'after-body', effect: 'apply' }),
  /** The answer breaks off after so many bytes of its body. */
  resetInAnswer: (afterBytes: number): FaultAction => ({
    kind: 'reset',
    point: 'in-answer',
    afterBytes,
  }),
  /** Nothing is ever answered. */
  hang: (effect: 'apply' | 'skip' = 'skip'): FaultAction => ({
    kind: 'hang',
    point: 'after-body',
    effect,
  }),
  /** Stops reading the request after this many bytes, for ever. */
  stallAfterRequestBytes: (afterBytes: number): FaultAction => ({
    kind: 'hang',
    point: 'in-body',
    afterBytes,
  }),
  /** The client dies with SIGKILL at this very point. */
  killed: (
    pid: number,
    at: { point: 'before-body' | 'after-body' } | { point: 'in-body'; afterBytes: number },
    effect: 'apply' | 'skip' = 'skip',
  ): FaultAction => ({ kind: 'kill', pid, ...at, effect }),
  /** The client dies that many milliseconds after the last byte of the answer was handed over. */
  killedAfterAnswer: (pid: number, waitMs = 0): FaultAction => ({
    kind: 'kill',
    pid,
    point: 'after-answer',
    waitMs,
  }),
  /** To another origin (the storage host by default), where a key that follows is a leak. */
  redirect: (location?: string, status = 307): FaultAction => ({
    kind: 'redirect',
    status,
    ...(location !== undefined && { location }),
  }),
  /** Storage: 403 as for an expired address, before or in the middle of the body. */
  expiredUrl: (afterBytes?: number): FaultAction => ({
    kind: 'expired-url',
    ...(afterBytes !== undefined && { afterBytes }),
  }),
  /** Storage: the part is stored, but the ETag in the answer is another one. */
  wrongEtag: (): FaultAction => ({ kind: 'etag', how: 'wrong' }),
  /** Storage: the part is stored, but the answer has no ETag. */
  missingEtag: (): FaultAction => ({ kind: 'etag', how: 'missing' }),
  /** Storage: one bit of the part is stored wrong, and the ETag is that of what was stored. */
  corruptPart: (): FaultAction => ({ kind: 'corrupt' }),
};
