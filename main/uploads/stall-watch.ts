import type { RetryContext } from './retry';

/** A part that moves no byte for so long is broken off and sent again. */
const STALL_MS = 30_000;
/**
 * The same once the last byte was taken: megabytes may still lie in the system's send buffer, which
 * on a slow link take their time.
 */
const ANSWER_MS = 120_000;
const TICK_MS = 1_000;
/** Both times double so often at most, to 8 and 32 minutes. */
const MOST_DOUBLINGS = 4;

/**
 * How long parts may rest on the link as it is. All uploads share it.
 *
 * What a socket has taken can lie for minutes in the buffers of the system, or of a proxy or a VPN
 * on the machine, while the link carries it away; until then it takes no more, and moving looks like
 * a stall. Broken off each time, such a part would never arrive. So a stall doubles the time that
 * parts have, until one arrives that needed no more than usual.
 */
export class RestLimit {
  #doublings = 0;

  /** How many times as long as usual parts may rest. */
  get factor(): number {
    return 2 ** this.#doublings;
  }

  stalled(): void {
    this.#doublings = Math.min(MOST_DOUBLINGS, this.#doublings + 1);
  }

  /** A part has arrived that had rested for so long at most. */
  arrived(longestRestMs: number): void {
    if (longestRestMs < STALL_MS) this.#doublings = 0;
  }
}

/** One try of one part, as far as it has come. */
export interface PartTry {
  readonly sizeBytes: number;
  /** Bytes that have left for the network. */
  movedBytes: number;
}

/**
 * Breaks a part off that moves no byte. It counts ticks and does not read the clock: a jump of the
 * clock or a night asleep is no stall.
 */
export class StallWatch {
  readonly #controller = new AbortController();
  readonly #ended = new AbortController();
  readonly #stop: AbortSignal;
  readonly #limit: RestLimit;
  #longestRestMs = 0;
  readonly #onStop = (): void => this.#controller.abort();
  stalled = false;

  constructor(part: PartTry, retryContext: RetryContext, limit: RestLimit) {
    this.#stop = retryContext.stop;
    this.#limit = limit;
    if (this.#stop.aborted) this.#onStop();
    this.#stop.addEventListener('abort', this.#onStop, { once: true });
    void this.#run(part, retryContext);
  }

  /** Aborted on a stall and on a stop. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  async #run(part: PartTry, { clock, works }: RetryContext): Promise<void> {
    let idleMs = 0;
    let movedBytes = 0;
    for (;;) {
      await clock.delay(TICK_MS, this.#ended.signal);
      if (this.#ended.signal.aborted) return;
      const moves = part.movedBytes > movedBytes;
      if (moves) works();
      idleMs = moves ? 0 : idleMs + TICK_MS;
      movedBytes = part.movedBytes;
      this.#longestRestMs = Math.max(this.#longestRestMs, idleMs);
      const usualMs = movedBytes === part.sizeBytes ? ANSWER_MS : STALL_MS;
      if (idleMs < usualMs * this.#limit.factor) continue;
      this.stalled = true;
      this.#limit.stalled();
      this.#controller.abort();
      return;
    }
  }

  /** The part has arrived. */
  arrived(): void {
    this.#limit.arrived(this.#longestRestMs);
  }

  end(): void {
    this.#ended.abort();
    this.#stop.removeEventListener('abort', this.#onStop);
  }
}
