import { delay } from '../domain/delay';
import type { RetryContext } from './retry-loop';

/** A part that moves no byte for this long is aborted and sent again. */
const STALL_MS = 30_000;
/**
 * The same after the last byte has been handed to the system: megabytes may still be in its send buffer,
 * which takes a while on a slow link.
 */
const ANSWER_MS = 120_000;
const TICK_MS = 1_000;
/** Both times are doubled at most this often, to 8 and 32 minutes. */
const MAX_DOUBLINGS = 4;

/**
 * How long parts may go without moving a byte, adapted to the link. All uploads share it.
 *
 * On a slow link, what a socket has accepted can stay for minutes in the buffers of the system, or of a
 * proxy or VPN on the machine. In that time the socket accepts no more, which looks like a stall although
 * bytes are moving. If such a part were aborted each time, it would never arrive. So each stall doubles
 * the timeouts, until a part arrives that did not need the extra time.
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

  /** A part has arrived; `longestIdleMs` is the longest time in which it moved no byte. */
  arrived(longestIdleMs: number): void {
    if (longestIdleMs < STALL_MS) this.#doublings = 0;
  }
}

/** One attempt to send a part, and how far it has come. */
export interface PartTry {
  readonly sizeBytes: number;
  /** Bytes that have been handed to the system. */
  movedBytes: number;
}

/** What the watch needs from the transfer whose part it watches. */
type StallWatchContext = Pick<RetryContext, 'clock' | 'stop' | 'onProgress'>;

/**
 * Aborts a part that moves no byte. It counts ticks instead of reading the clock: neither a jump of the
 * clock nor a sleep of the machine is a stall.
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
