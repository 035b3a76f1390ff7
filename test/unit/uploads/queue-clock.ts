import { systemClock } from '../../../main/compose/system-clock';
import type { Clock } from '../../../main/domain/clock';

/** Waits of this length or longer are not real, unless a test says otherwise. */
const LONG_MS = 5_000;

/**
 * The random number of the rig. Only the waits between tries depend on it, and with a value like
 * this they are never whole milliseconds, as all other waits are: that is how the clock recognises
 * them.
 */
export const JITTER = Math.SQRT1_2;

/** A clock on which nothing waits between tries, and whose long waits end when the test says so. */
export class QueueClock implements Clock {
  #aheadMs = 0;
  readonly #longMs: number;
  readonly #waits = new Set<{ dueMs: number; task: () => void }>();

  /** Waits of `longMs` or longer end only when the test lets time pass. */
  constructor(longMs: number = LONG_MS) {
    this.#longMs = longMs;
  }

  nowMs(): number {
    return Date.now() + this.#aheadMs;
  }

  monotonicMs(): number {
    return this.nowMs();
  }

  after(delayMs: number, task: () => void): () => void {
    const isBetweenTries = !Number.isInteger(delayMs);
    if (isBetweenTries) return systemClock.after(0, task);
    if (delayMs < this.#longMs) return systemClock.after(delayMs, task);
    const wait = { dueMs: this.nowMs() + delayMs, task };
    this.#waits.add(wait);
    return () => void this.#waits.delete(wait);
  }

  /** Lets this much time pass: the long waits that are due by then end. */
  pass(spanMs: number): void {
    this.#aheadMs += spanMs;
    for (const wait of this.#waits) {
      if (wait.dueMs > this.nowMs()) continue;
      this.#waits.delete(wait);
      wait.task();
    }
  }
}
