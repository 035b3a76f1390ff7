/** The key of the list request; `lookupKey` gives those of lookups. */
export const LIST = 'list';

/** Times of requests that are no longer planned are dropped once there are more than this. */
const MAX_OLD_ANSWERS = 50;

/** When each request of one account was last answered, by the request's key. */
export class AnswerTimes {
  readonly #answeredAtMs = new Map<string, number>();
  #staleBeforeMs = 0;

  /** When the last answer came, however old it is; null without one. */
  last(key: string): number | null {
    return this.#answeredAtMs.get(key) ?? null;
  }

  /** When the last answer came; null without one, or if it is stale: then the request is sent at once. */
  lastFresh(key: string): number | null {
    const atMs = this.last(key);
    return atMs === null || atMs < this.#staleBeforeMs ? null : atMs;
  }

  set(key: string, nowMs: number): void {
    this.#answeredAtMs.set(key, nowMs);
  }

  /** Makes all answers so far stale, when the user asks for new ones or much may have changed. */
  markStale(nowMs: number): void {
    this.#staleBeforeMs = nowMs;
  }

  /** The wall clock was set by `stepMs`. */
  clockSet(stepMs: number): void {
    for (const [key, atMs] of this.#answeredAtMs) this.#answeredAtMs.set(key, atMs + stepMs);
    this.#staleBeforeMs += stepMs;
  }

  /** Drops the times of requests that are no longer planned, once there are many. */
  prune(planned: readonly { key: string }[]): void {
    if (this.#answeredAtMs.size <= planned.length + MAX_OLD_ANSWERS) return;
    const kept = new Set([LIST, ...planned.map(({ key }) => key)]);
    for (const key of this.#answeredAtMs.keys()) {
      if (!kept.has(key)) this.#answeredAtMs.delete(key);
    }
  }
}
