import { performance } from 'node:perf_hooks';

export type ClockMode = 'real' | 'manual';

/**
 * The time the services live by. Every status, expiry, rate window and timestamp reads this clock;
 * only the delays of faults are in real milliseconds, because they stand for the network.
 */
export class Clock {
  #mode: ClockMode;
  #speed: number;
  #baseMs: number;
  #realBaseMs: number;

  constructor(mode: ClockMode, speed = 1, startMs = Date.now()) {
    this.#mode = mode;
    this.#speed = speed;
    this.#baseMs = startMs;
    this.#realBaseMs = performance.now();
  }

  get mode(): ClockMode {
    return this.#mode;
  }

  get speed(): number {
    return this.#speed;
  }

  /** Milliseconds since 1970 as the services see them, whole. */
  now(): number {
    if (this.#mode === 'manual') return Math.round(this.#baseMs);
    return Math.round(this.#baseMs + (performance.now() - this.#realBaseMs) * this.#speed);
  }

  /** Moves the clock by a number of milliseconds; a negative number sets it back. */
  advance(byMs: number): number {
    this.#rebase(this.now() + byMs);
    return this.now();
  }

  /** Sets the clock to a time, in milliseconds since 1970. */
  set(toMs: number): number {
    this.#rebase(toMs);
    return this.now();
  }

  /** Changes how time passes without moving the clock. */
  configure(mode: ClockMode, speed: number): void {
    this.#rebase(this.now());
    this.#mode = mode;
    this.#speed = speed;
  }

  #rebase(toMs: number): void {
    this.#baseMs = toMs;
    this.#realBaseMs = performance.now();
  }
}
