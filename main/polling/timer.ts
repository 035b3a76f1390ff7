import type { Clock } from '../domain/clock';

/**
 * One timer that can be set again and again. Once it is cancelled or set again, the earlier task does
 * not run, not even if the clock is already firing it: the app's clock reports a late timer before it
 * runs the task, and that report may have set the timer again.
 */
export class Timer {
  readonly #clock: Clock;
  #current: { cancel: () => void } | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Runs `task` after `delayMs`, in place of whatever it was set to before. */
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
