/** One direction of a link that all connections share. */
export class Link {
  readonly #bytesPerMs: number;
  readonly #delayMs: number;
  readonly #nowMs: () => number;
  readonly #underWay: { arrivesAtMs: number; arrive: () => void }[] = [];
  #freeAtMs = 0;
  #timer: NodeJS.Timeout | null = null;

  /** `delayMs` is how long a byte travels once it is on the link. */
  constructor(rate: { bitsPerSecond: number; delayMs: number }, nowMs = () => performance.now()) {
    this.#bytesPerMs = rate.bitsPerSecond / 8 / 1000;
    this.#delayMs = rate.delayMs;
    this.#nowMs = nowMs;
  }

  /** How long bytes that are sent now would wait for those ahead of them, in milliseconds. */
  get queueMs(): number {
    return Math.max(0, this.#freeAtMs - this.#nowMs());
  }

  /** Queues bytes behind all others; `arrive` is called when the last of them has come through. */
  send(sizeBytes: number, arrive: () => void): void {
    this.#freeAtMs = Math.max(this.#freeAtMs, this.#nowMs()) + sizeBytes / this.#bytesPerMs;
    this.#underWay.push({ arrivesAtMs: this.#freeAtMs + this.#delayMs, arrive });
    this.#wait();
  }

  #wait(): void {
    const next = this.#underWay[0];
    if (!next || this.#timer) return;
    this.#timer = setTimeout(
      () => {
        this.#timer = null;
        const nowMs = this.#nowMs();
        while ((this.#underWay[0]?.arrivesAtMs ?? Number.POSITIVE_INFINITY) <= nowMs) {
          this.#underWay.shift()?.arrive();
        }
        this.#wait();
      },
      Math.max(1, next.arrivesAtMs - this.#nowMs()),
    );
  }
}
