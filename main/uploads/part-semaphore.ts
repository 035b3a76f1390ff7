import { type ConcurrencyEstimate, FRESH_LINK, learn } from './adaptive-concurrency';
import { Stopped } from './failure';

/** A place for one part on its way. */
export interface PartPermit {
  /** Frees the place. Further calls do nothing. */
  free(): void;
  /** Frees it because the part has arrived: that teaches how many there should be. */
  arrived(part: { nowMs: number; bytes: number; tookMs: number }): void;
}

/**
 * Places for parts on their way, over all uploads, given out in the order they are asked for. How
 * many there are follows from what the link gives, up to a limit.
 */
export class PartSemaphore {
  readonly #most: number;
  readonly #waiting: (() => void)[] = [];
  #link: ConcurrencyEstimate;
  #taken = 0;

  constructor(most: number) {
    this.#most = most;
    this.#link = { ...FRESH_LINK, parts: Math.min(most, FRESH_LINK.parts) };
  }

  /** Waits for a place. Throws Stopped on abort. */
  async take(stop: AbortSignal): Promise<PartPermit> {
    if (stop.aborted) throw new Stopped();
    if (this.#taken < this.#link.parts) this.#taken += 1;
    else await this.#turn(stop);
    let taken = true;
    const free = (): void => {
      if (!taken) return;
      taken = false;
      this.#taken -= 1;
      this.#handOut();
    };
    return {
      free,
      arrived: (part) => {
        this.#link = learn(this.#link, part, this.#most);
        free();
      },
    };
  }

  #handOut(): void {
    while (this.#taken < this.#link.parts) {
      const next = this.#waiting.shift();
      if (!next) return;
      this.#taken += 1;
      next();
    }
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
