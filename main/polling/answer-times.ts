/** The list's key; lookups have the one of `lookupKey`. */
export const LIST = 'list';

/** Answers to requests that are no longer planned are dropped once there are more than this. */
const MAX_OLD_ANSWERS = 50;

/** When each request of one account was last answered, by the request's key. */
export class AnswerTimes {
  readonly #answeredAtMs = new Map<string, number>();
  #staleBeforeMs = 0;

  /** The last answer, however old; null without one. */
  last(key: string): number | null {
    return this.#answeredAtMs.get(key) ?? null;
  }

  /** The last answer; null without one, or where it is stale: the request is to be sent at once. */
  lastFresh(key: string): number | null {
    const atMs = this.last(key);
    return atMs === null || atMs < this.#staleBeforeMs ? null : atMs;
  }

  set(key: string, nowMs: number): void {
    this.#answeredAtMs.set(key, nowMs);
  }

  /** Makes all answers so far stale: the user wants new ones, or much may have happened. */
  markStale(nowMs: number): void {
    this.#staleBeforeMs = nowMs;
  }

  /** After the clock was set back, no time may lie ahead of it. */
  clampToNow(nowMs: number): void {
    for (const [key, atMs] of this.#answeredAtMs) {
      if (atMs > nowMs) this.#answeredAtMs.set(key, nowMs);
    }
    this.#staleBeforeMs = Math.min(this.#staleBeforeMs, nowMs);
  }

  /** Drops the answers to requests that are no longer planned, once there are many. */
  prune(planned: readonly { key: string }[]): void {
    if (this.#answeredAtMs.size <= planned.length + MAX_OLD_ANSWERS) return;
    const kept = new Set([LIST, ...planned.map(({ key }) => key)]);
    for (const key of this.#answeredAtMs.keys()) {
      if (!kept.has(key)) this.#answeredAtMs.delete(key);
    }
  }
}
