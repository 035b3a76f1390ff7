import type { Clock } from '../domain/clock';

/** A long wait is divided, since timers stand still while the machine sleeps. */
const MAX_STEP_MS = 60_000;

/** Timers run a little early by a clock that is coarse. */
const EARLY_MS = 25;

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
    const endMs = this.#clock.monotonicMs() + delayMs;
    const current = { cancel: () => {} };
    this.#current = current;
    const wait = (leftMs: number) => {
      current.cancel = this.#clock.after(Math.min(leftMs, MAX_STEP_MS), () => {
        if (this.#current !== current) return;
        const stillMs = endMs - this.#clock.monotonicMs();
        if (stillMs > EARLY_MS) return wait(stillMs);
        this.#current = null;
        task();
      });
    };
    wait(delayMs);
  }

  cancel(): void {
    this.#current?.cancel();
    this.#current = null;
  }
}
