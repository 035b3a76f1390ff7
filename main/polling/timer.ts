import type { Clock } from '../domain/clock';

/**
 * One timer that can be set again and again. Once it is cancelled or set again, the earlier task does not
 * run, even if the clock is already firing it: the app's clock reports a late timer before it runs the
 * task, and that report may set the timer again.
 */
export class Timer {
  readonly #clock: Clock;
  #current: { cancel: () => void } | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Runs `task` after `delayMs`, instead of any earlier task. */
  set(delayMs: number, task: () => void): void {
    this.cancel();
    const current = { cancel: () => {} };
    this.#current = current;
    current.cancel = this.#clock.after(delayMs, () => {
      if (this.#current !== current) return;
      this.#current = null;
      task();
    });
  }

  cancel(): void {
    this.#current?.cancel();
    this.#current = null;
  }
}
