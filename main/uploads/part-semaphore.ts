import {
  adaptConcurrency,
  type ConcurrencyEstimate,
  INITIAL_ESTIMATE,
} from './adaptive-concurrency';
import { Stopped } from './failure';

/** Permission for one part to be in flight. */
export interface PartPermit {
  /** Gives the permit back. Further calls do nothing. */
  release(): void;
  /** Gives it back because the part has arrived, and adapts the number of permits to how long it took. */
  releaseArrived(part: { nowMs: number; bytes: number; tookMs: number }): void;
}

/**
 * Limits how many parts are in flight at once, over all uploads. Permits are granted in the order of the
 * requests. Their number adapts to what the link can carry, up to a limit.
 */
export class PartSemaphore {
  readonly #maxParts: number;
  readonly #waiting: (() => void)[] = [];
  #link: ConcurrencyEstimate;
  #permits = 0;

  constructor(maxParts: number) {
    this.#maxParts = maxParts;
    this.#link = { ...INITIAL_ESTIMATE, parts: Math.min(maxParts, INITIAL_ESTIMATE.parts) };
  }

  /** Waits for a permit. Throws Stopped on abort. */
  async acquire(stop: AbortSignal): Promise<PartPermit> {
    if (stop.aborted) throw new Stopped();
    if (this.#permits < this.#link.parts) this.#permits += 1;
    else await this.#waitForTurn(stop);
    let isHeld = true;
    const release = (): void => {
      if (!isHeld) return;
      isHeld = false;
      this.#permits -= 1;
      this.#grantNext();
    };
    return {
      release,
      releaseArrived: (part) => {
        this.#link = adaptConcurrency(this.#link, part, this.#maxParts);
        release();
      },
    };
  }

  #grantNext(): void {
    while (this.#permits < this.#link.parts) {
      const next = this.#waiting.shift();
      if (!next) return;
      this.#permits += 1;
      next();
    }
  }

  #waitForTurn(stop: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const granted = () => {
        stop.removeEventListener('abort', stopped);
        resolve();
      };
      const stopped = () => {
        this.#waiting.splice(this.#waiting.indexOf(granted), 1);
        reject(new Stopped());
      };
      stop.addEventListener('abort', stopped, { once: true });
      this.#waiting.push(granted);
    });
  }
}
