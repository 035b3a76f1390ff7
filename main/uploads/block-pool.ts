/** Read buffers that are used again and again, and never more of them than the limit. */
export class BlockPool {
  readonly blockBytes: number;
  readonly #limit: number;
  readonly #idle: Buffer[] = [];
  #made = 0;

  constructor(blockBytes: number, limit: number) {
    this.blockBytes = blockBytes;
    this.#limit = limit;
  }

  /** Memory the pool has ever asked for, in bytes. */
  get allocatedBytes(): number {
    return this.#made * this.blockBytes;
  }

  /** Throws when more blocks are out than the limit: a defect of the caller. */
  take(): Buffer {
    const idle = this.#idle.pop();
    if (idle) return idle;
    if (this.#made === this.#limit) throw new Error('no read buffer left');
    this.#made += 1;
    return Buffer.allocUnsafeSlow(this.blockBytes);
  }

  give(block: Buffer): void {
    this.#idle.push(block);
  }
}
