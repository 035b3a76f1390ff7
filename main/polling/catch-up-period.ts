import type { Clock } from '../domain/clock';
import type { ChangeFeed } from '../events';
import { Timer } from './timer';

/** An account that does not answer delays the others no longer than this. */
const MAX_CATCH_UP_MS = 20_000;

/**
 * The time after a start, a wake or the return of the network until each account has been polled once.
 * Everything that has ended in the meantime belongs in one digest, so notifications wait for
 * `catchUpEnded`.
 */
export class CatchUpPeriod {
  readonly #feed: ChangeFeed;
  readonly #timer: Timer;
  readonly #awaited = new Set<string>();

  constructor(clock: Clock, feed: ChangeFeed) {
    this.#feed = feed;
    this.#timer = new Timer(clock);
  }

  get isCatchingUp(): boolean {
    return this.#awaited.size > 0;
  }

  /** Waits for the account's next poll. */
  begin(accountId: string): void {
    this.#awaited.add(accountId);
    this.#timer.set(MAX_CATCH_UP_MS, () => this.#end());
  }

  /** The account has been polled, or will not be polled for now. */
  finish(accountId: string): void {
    if (this.#awaited.delete(accountId) && this.#awaited.size === 0) this.#end();
  }

  /** Ends without `catchUpEnded`: the app is quitting. */
  cancel(): void {
    this.#timer.cancel();
    this.#awaited.clear();
  }

  #end(): void {
    this.cancel();
    this.#feed.emit('catchUpEnded', null);
  }
}
