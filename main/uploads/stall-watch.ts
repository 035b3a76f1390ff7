import { delay } from '../domain/delay';
import type { RetryContext } from './retry-loop';

/** A part that moves no byte for so long is aborted and sent again. */
const STALL_MS = 30_000;
/**
 * The same after its last byte has left for the network: megabytes may still lie in the system's
 * send buffer, and a slow link takes its time with them.
 */
const ANSWER_MS = 120_000;
const TICK_MS = 1_000;
/** Both times are doubled this often at most, to 8 and 32 minutes. */
const MAX_DOUBLINGS = 4;

/**
 * How long parts may go without moving a byte, given what the link has shown. All uploads share it.
 *
 * What a socket has taken can lie for minutes in the buffers of the system, or of a proxy or a VPN
 * on the machine, while a slow link carries it away. Until then the socket takes no more, which
 * looks like a stall although bytes are moving. If such a part were aborted each time, it would never
 * arrive. So each stall doubles the timeouts, until a part arrives that did not need the extra time.
 */
export class StallTimeouts {
  #doublings = 0;

  /** How many times as long as usual the timeouts are. */
  get factor(): number {
    return 2 ** this.#doublings;
  }

  stalled(): void {
    this.#doublings = Math.min(MAX_DOUBLINGS, this.#doublings + 1);
  }

  /** A part has arrived, and this was the longest time in which it moved no byte. */
  arrived(longestIdleMs: number): void {
    if (longestIdleMs < STALL_MS) this.#doublings = 0;
  }
}

/** One try to send a part, as far as it has come. */
export interface PartTry {
  readonly sizeBytes: number;
  /** Bytes that have left for the network. */
  movedBytes: number;
}

/** What the watch needs of the transfer whose part it watches. */
type StallWatchContext = Pick<RetryContext, 'clock' | 'stop' | 'onProgress'>;

/**
 * Aborts a part that moves no byte. It counts ticks and does not read the clock: neither a jump of
 * the clock nor a night asleep is a stall.
 */
export class StallWatch {
  readonly #controller = new AbortController();
  readonly #ended = new AbortController();
  readonly #stop: AbortSignal;
  readonly #timeouts: StallTimeouts;
  #longestIdleMs = 0;
  readonly #onStop = (): void => this.#controller.abort();
  stalled = false;

  constructor(part: PartTry, context: StallWatchContext, timeouts: StallTimeouts) {
    this.#stop = context.stop;
    this.#timeouts = timeouts;
    if (this.#stop.aborted) this.#onStop();
    this.#stop.addEventListener('abort', this.#onStop, { once: true });
    void this.#run(part, context);
  }

  /** Aborted on a stall and on a stop. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  async #run(part: PartTry, { clock, onProgress }: StallWatchContext): Promise<void> {
    let idleMs = 0;
    let movedBytes = 0;
    for (;;) {
      await delay(clock, TICK_MS, this.#ended.signal);
      if (this.#ended.signal.aborted) return;
      const moves = part.movedBytes > movedBytes;
      if (moves) onProgress();
      idleMs = moves ? 0 : idleMs + TICK_MS;
      movedBytes = part.movedBytes;
      this.#longestIdleMs = Math.max(this.#longestIdleMs, idleMs);
      const usualMs = movedBytes === part.sizeBytes ? ANSWER_MS : STALL_MS;
      if (idleMs < usualMs * this.#timeouts.factor) continue;
      this.stalled = true;
      this.#timeouts.stalled();
      this.#controller.abort();
      return;
    }
  }

  /** The part has arrived. */
  arrived(): void {
    this.#timeouts.arrived(this.#longestIdleMs);
  }

  end(): void {
    this.#ended.abort();
    this.#stop.removeEventListener('abort', this.#onStop);
  }
}
