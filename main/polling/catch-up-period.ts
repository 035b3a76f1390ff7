import type { Clock } from '../domain/clock';

/** An account that does not answer holds the others up no longer than this. */
const LONGEST_MS = 20_000;

/**
 * The time after a start, a wake or the return of the network until each watched account has been
 * asked once: what comes up in it belongs together.
 */
export class CatchUpPeriod {
  readonly #clock: Clock;
  readonly #onGathered: () => void;
  readonly #awaited = new Set<string>();
  #cancelTimer: (() => void) | null = null;

  constructor(clock: Clock, onGathered: () => void) {
    this.#clock = clock;
    this.#onGathered = onGathered;
  }

  get isGathering(): boolean {
    return this.#awaited.size > 0;
  }

  /** Waits for one more poll of the account. */
  begin(accountId: string): void {
    this.#awaited.add(accountId);
    this.#cancelTimer?.();
    this.#cancelTimer = this.#clock.after(LONGEST_MS, () => this.#end());
  }

  /** The account was asked, or will not be asked for now. */
  settled(accountId: string): void {
    if (this.#awaited.delete(accountId) && this.#awaited.size === 0) this.#end();
  }

  /** Forgets what it waits for, without a word. */
  cancel(): void {
    this.#cancelTimer?.();
    this.#awaited.clear();
  }

  #end(): void {
    this.#cancelTimer?.();
    this.#awaited.clear();
    this.#onGathered();
  }
}
