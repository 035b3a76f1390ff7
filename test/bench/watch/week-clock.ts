import type { Clock } from '../../../main/domain/clock';

interface Timer {
  atMs: number;
  task: () => void;
}

/** A clock that is moved from event to event; its timers stand still while the machine sleeps. */
export class WeekClock implements Clock {
  readonly #timers = new Set<Timer>();
  #nowMs: number;

  constructor(startMs: number) {
    this.#nowMs = startMs;
  }

  readonly nowMs = (): number => this.#nowMs;
  // It is never set.
  readonly monotonicMs = (): number => this.#nowMs;

  after(delayMs: number, task: () => void): () => void {
    const timer = { atMs: this.#nowMs + delayMs, task };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  /** Moves the time to `untilMs`, running the timers that are due on the way. */
  async run(untilMs: number): Promise<void> {
    for (;;) {
      let next: Timer | null = null;
      for (const timer of this.#timers) if (!next || timer.atMs < next.atMs) next = timer;
      if (!next || next.atMs > untilMs) break;
      this.#timers.delete(next);
      this.#nowMs = Math.max(this.#nowMs, next.atMs);
      next.task();
      await settle();
    }
    this.#nowMs = untilMs;
  }

  /** The machine sleeps: time goes on, and timers are delayed by as much. */
  sleep(untilMs: number): void {
    const asleepMs = untilMs - this.#nowMs;
    for (const timer of this.#timers) timer.atMs += asleepMs;
    this.#nowMs = untilMs;
  }
}

/** Lets everything run that waits only for resolved promises. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}
