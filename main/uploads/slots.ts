import { Stopped } from './failure';

/** A fixed number of places, given out in the order they are asked for. */
export class Slots {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(limit: number) {
    this.#free = limit;
  }

  /** Waits for a place and gives the function that frees it. Throws Stopped on abort. */
  async take(stop: AbortSignal): Promise<() => void> {
    if (stop.aborted) throw new Stopped();
    if (this.#free > 0) this.#free -= 1;
    else await this.#turn(stop);
    let taken = true;
    return () => {
      if (!taken) return;
      taken = false;
      const next = this.#waiting.shift();
      if (next) next();
      else this.#free += 1;
    };
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
