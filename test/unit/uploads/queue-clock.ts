import { systemClock } from '../../../main/uploads/clock';
import type { UploadClock } from '../../../main/uploads/ports';

/** Waits from this length on end only when the test says so; shorter ones are real. */
const LONG_MS = 5_000;

/** A clock whose long waits a test ends, and whose time it sets forward. */
export class QueueClock implements UploadClock {
  #aheadMs = 0;
  #waiting: (() => void)[] = [];

  now(): number {
    return Date.now() + this.#aheadMs;
  }

  delay(delayMs: number, signal?: AbortSignal): Promise<void> {
    if (delayMs < LONG_MS) return systemClock.delay(delayMs, signal);
    return new Promise((resolve) => {
      if (signal?.aborted) resolve();
      signal?.addEventListener('abort', () => resolve(), { once: true });
      this.#waiting.push(resolve);
    });
  }

  /** Lets so much time pass: every long wait that is under way is over. */
  pass(spanMs: number): void {
    this.#aheadMs += spanMs;
    for (const end of this.#waiting.splice(0)) end();
  }
}
