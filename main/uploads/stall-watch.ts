import type { Patience } from './patience';

/** A part that moves no byte for so long is broken off and sent again. */
const STALL_MS = 30_000;
/**
 * The same once the last byte was taken: megabytes may still lie in the system's send buffer, which
 * on a slow link take their time.
 */
const ANSWER_MS = 120_000;
const TICK_MS = 1_000;

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
  readonly #onStop = (): void => this.#controller.abort();
  stalled = false;

  constructor(part: PartTry, patience: Patience) {
    this.#stop = patience.stop;
    if (this.#stop.aborted) this.#onStop();
    this.#stop.addEventListener('abort', this.#onStop, { once: true });
    void this.#run(part, patience);
  }

  /** Aborted on a stall and on a stop. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  async #run(part: PartTry, { clock, works }: Patience): Promise<void> {
    let idleMs = 0;
    let movedBytes = 0;
    for (;;) {
      await clock.delay(TICK_MS, this.#ended.signal);
      if (this.#ended.signal.aborted) return;
      const moves = part.movedBytes > movedBytes;
      if (moves) works();
      idleMs = moves ? 0 : idleMs + TICK_MS;
      movedBytes = part.movedBytes;
      if (idleMs < (movedBytes === part.sizeBytes ? ANSWER_MS : STALL_MS)) continue;
      this.stalled = true;
      this.#controller.abort();
      return;
    }
  }

  end(): void {
    this.#ended.abort();
    this.#stop.removeEventListener('abort', this.#onStop);
  }
}
