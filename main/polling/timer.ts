import type { Clock } from '../domain/clock';

/**
 * One timer that can be set anew. Once it is cancelled or set anew, the earlier task does not run any
 * more, not even if the clock is already firing it: a clock that reports a late timer does so before
 * it runs the task, and the report may have set the timer anew.
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
