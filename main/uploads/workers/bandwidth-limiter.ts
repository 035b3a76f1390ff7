/** How far ahead of the limit the senders may run after a pause. */
const BURST_MS = 100;

/** Waits for `delayMs`. Tests pass their own. */
export type Sleep = (delayMs: number) => Promise<void>;

/**
 * Shares a limited number of bytes a second among all parts, in the order of their requests. Without a
 * limit nothing waits.
 */
export class BandwidthLimiter {
  readonly #nowMs: () => number;
  readonly #sleep: Sleep;
  #bytesPerMs: number | null = null;
  /** When everything granted so far will have been sent at the limited rate. */
  #paidUntilMs = 0;

  constructor(nowMs: () => number, sleep: Sleep) {
    this.#nowMs = nowMs;
    this.#sleep = sleep;
  }

  /** Applies from the next piece on; null removes the limit. */
  set(bytesPerSecond: number | null): void {
    this.#bytesPerMs = bytesPerSecond === null ? null : bytesPerSecond / 1000;
    this.#paidUntilMs = this.#nowMs();
  }

  /** Maximum size of a piece, so that several parts get their turn each second. */
  get pieceBytes(): number {
    return this.#bytesPerMs === null ? Number.POSITIVE_INFINITY : this.#bytesPerMs * BURST_MS;
  }

  /** Resolves when this many bytes may be sent. */
  async take(sizeBytes: number): Promise<void> {
    if (this.#bytesPerMs === null) return;
    const nowMs = this.#nowMs();
    const startMs = Math.max(this.#paidUntilMs, nowMs - BURST_MS);
    this.#paidUntilMs = startMs + sizeBytes / this.#bytesPerMs;
    if (startMs > nowMs) await this.#sleep(startMs - nowMs);
  }
}
