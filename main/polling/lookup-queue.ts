import type { JobRef } from '../domain/job';
import { ServiceError, type ServiceProblem } from '../domain/service-error';
import { MAX_POLL_BACKOFF_MS, pollBackoffMs } from './poll-backoff';
import { type Lookup, lookupKey } from './poll-plan';

/** Reads under way at once for one account: enough to be quick, few enough to be polite. */
const READS_AT_ONCE = 4;

/** Problems of one read that are the account's: asking for its other jobs would meet them again. */
const ACCOUNT_PROBLEMS: ReadonlySet<ServiceProblem> = new Set<ServiceProblem>([
  'key-missing',
  'keychain-silent',
  'key-refused',
  'no-credit',
  'plan-suspended',
  'rate-limited',
  'unreachable',
]);

/** Whether asking for anything else of the account would meet the same problem. */
export function concernsAccount(error: unknown): boolean {
  return !(error instanceof ServiceError) || ACCOUNT_PROBLEMS.has(error.problem);
}

/** The reads of one account that an answer asked for, and those that failed by themselves. */
export class LookupQueue {
  /** Each is tried until it has been answered once. */
  readonly #owed = new Map<string, { job: JobRef; sinceMs: number }>();
  readonly #troubles = new Map<string, { failures: number; notBeforeMs: number }>();

  owe(job: JobRef, nowMs: number): void {
    const key = lookupKey(job);
    if (!this.#owed.has(key)) this.#owed.set(key, { job, sinceMs: nowMs });
  }

  answered(key: string): void {
    this.#owed.delete(key);
    this.#troubles.delete(key);
  }

  /** Counts a failure that concerns this read alone. True for the first in a row. */
  failed(job: JobRef, error: ServiceError, nowMs: number, random: number): boolean {
    const key = lookupKey(job);
    const failures = (this.#troubles.get(key)?.failures ?? 0) + 1;
    const waitMs = pollBackoffMs(error.problem, failures, random);
    const notBeforeMs = Math.max(nowMs + waitMs, error.retryAtMs ?? 0);
    this.#troubles.set(key, { failures, notBeforeMs });
    return failures === 1;
  }

  forgetTroubles(): void {
    this.#troubles.clear();
  }

  /** A clock that was set back must not leave waits of hours. */
  forgetFuture(nowMs: number): void {
    for (const trouble of this.#troubles.values()) {
      if (trouble.notBeforeMs > nowMs + MAX_POLL_BACKOFF_MS) trouble.notBeforeMs = nowMs;
    }
    for (const owed of this.#owed.values()) owed.sinceMs = Math.min(owed.sinceMs, nowMs);
  }

  /** The planned reads with the owed ones, none before its own trouble is over; earliest first. */
  withOwed(planned: Lookup[]): Lookup[] {
    const all = new Map(planned.map((read) => [read.key, read]));
    for (const [key, { job, sinceMs }] of this.#owed) {
      all.set(key, { key, job, dueAtMs: sinceMs });
    }
    const reads = [...all.values()].map((read) => ({
      ...read,
      dueAtMs: Math.max(read.dueAtMs, this.#troubles.get(read.key)?.notBeforeMs ?? 0),
    }));
    return reads.sort((a, b) => a.dueAtMs - b.dueAtMs);
  }
}

/**
 * Reads all; a failure of one goes to `onFailure`. Throws the first failure that concerns the
 * account, once no read is under way.
 */
export async function lookUpAll(
  jobs: JobRef[],
  read: (job: JobRef) => Promise<void>,
  onFailure: (job: JobRef, error: ServiceError) => void,
  signal: AbortSignal,
): Promise<void> {
  const queue = [...jobs];
  const stopping: unknown[] = [];
  const worker = async () => {
    for (let job = queue.shift(); job && !signal.aborted; job = queue.shift()) {
      try {
        await read(job);
      } catch (error) {
        if (error instanceof ServiceError && !concernsAccount(error)) onFailure(job, error);
        else {
          stopping.push(error);
          queue.length = 0;
        }
      }
    }
  };
  await Promise.all(Array.from({ length: READS_AT_ONCE }, worker));
  if (stopping.length > 0) throw stopping[0];
}
