import { Stopped } from './failure';

/** Enough to fill most links; more are added as soon as parts prove to be quick. */
const FIRST_LIMIT = 4;
const LEAST_LIMIT = 2;
/**
 * What is on its way when an upload is broken off has to be sent again. So on a slow link fewer
 * parts go at once, each of them faster: there, more of them would gain nothing.
 */
const SLOW_PART_MS = 40_000;
/** More connections help where each of them is held up by distance rather than by the link. */
const QUICK_PART_MS = 20_000;

/**
 * Places for parts in flight, given out in the order they are asked for. How many there are follows
 * from how long parts take, up to a limit.
 */
export class Slots {
  readonly #most: number;
  readonly #waiting: (() => void)[] = [];
  #limit: number;
  #taken = 0;

  constructor(most: number) {
    this.#most = most;
    this.#limit = Math.min(most, FIRST_LIMIT);
  }

  /**
   * Waits for a place and gives the function that frees it, which is told how many milliseconds the
   * part took, or null when it did not arrive. Throws Stopped on abort.
   */
  async take(stop: AbortSignal): Promise<(tookMs: number | null) => void> {
    if (stop.aborted) throw new Stopped();
    if (this.#taken < this.#limit) this.#taken += 1;
    else await this.#turn(stop);
    let taken = true;
    return (tookMs) => {
      if (!taken) return;
      taken = false;
      this.#taken -= 1;
      if (tookMs !== null) this.#learn(tookMs);
      while (this.#taken < this.#limit && this.#waiting.length > 0) {
        this.#taken += 1;
        this.#waiting.shift()?.();
      }
    };
  }

  #learn(tookMs: number): void {
    if (tookMs > SLOW_PART_MS) {
      this.#limit = Math.min(this.#limit, Math.max(LEAST_LIMIT, this.#limit - 1));
    } else if (tookMs < QUICK_PART_MS) this.#limit = Math.min(this.#most, this.#limit + 1);
  }

  #turn(stop: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const called = () => {
        stop.removeEventListener('abort', stopped);
        resolve();
      };
      const stopped = () => {
        this.#waiting.splice(this.#waiting.indexOf(called), 1);
        reject(new Stopped());
      };
      stop.addEventListener('abort', stopped, { once: true });
      this.#waiting.push(called);
    });
  }
}
