import type { JobRef } from '../domain/job';
import type { ServiceError } from '../domain/service-error';
import { PollBackoff } from './poll-backoff';

/** Lookups with the same key are answered by one request. */
export function lookupKey(job: JobRef): string {
  return job.kind === 'render' ? `renders/${job.clipId}` : `${job.kind}/${job.remoteId}`;
}

/** A lookup that was requested outside the plan. */
interface QueuedLookup {
  key: string;
  job: JobRef;
  queuedAtMs: number;
}

/**
 * The lookups of one account that were requested outside the plan, each retried until it has been
 * answered once; and the backoffs of all failed lookups, queued or not.
 */
export class LookupQueue {
  readonly #queued = new Map<string, QueuedLookup>();
  readonly #backoffs = new Map<string, PollBackoff>();

  add(job: JobRef, nowMs: number): void {
    const key = lookupKey(job);
    if (!this.#queued.has(key)) this.#queued.set(key, { key, job, queuedAtMs: nowMs });
  }

  /** The lookup has been answered, or is no longer needed. */
  remove(key: string): void {
    this.#queued.delete(key);
    this.#backoffs.delete(key);
  }

  /** Counts a failure that concerns this lookup alone. True for the first in a row. */
  failed(job: JobRef, error: ServiceError, nowMs: number, random: number): boolean {
    const key = lookupKey(job);
    const backoff = this.#backoffs.get(key) ?? new PollBackoff();
    this.#backoffs.set(key, backoff);
    backoff.failed(error, nowMs, random);
    return backoff.failures === 1;
  }

  clearBackoffs(): void {
    this.#backoffs.clear();
  }

  /** The wall clock was set by `stepMs`. */
  clockSet(stepMs: number): void {
    for (const backoff of this.#backoffs.values()) backoff.clockSet(stepMs);
    for (const queued of this.#queued.values()) queued.queuedAtMs += stepMs;
  }

  /** In the order in which they were added. */
  queued(): Iterable<QueuedLookup> {
    return this.#queued.values();
  }

  /** When the lookup's backoff is over; 0 if it has none. */
  notBeforeMs(key: string): number {
    return this.#backoffs.get(key)?.untilMs ?? 0;
  }
}
