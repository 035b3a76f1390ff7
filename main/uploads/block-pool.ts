import { Md5, Md5Lanes } from './md5';

/**
 * Read buffers that are used again and again, and never more of them than the limit. They lie in
 * the memory of the lanes that hash them, so nothing is copied for that.
 */
export class BlockPool {
  readonly blockBytes: number;
  readonly #limit: number;
  readonly #idle: Buffer[] = [];
  #lanes: Md5Lanes | null = null;
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
    return this.#hashing().buffer((this.#made - 1) * this.blockBytes, this.blockBytes);
  }

  give(block: Buffer): void {
    this.#idle.push(block);
  }

  /** A hash of what is read into blocks of this pool. */
  md5(): Md5 {
    return new Md5(this.#hashing());
  }

  /** Made for the first upload: an app that sends nothing has no use for it. */
  #hashing(): Md5Lanes {
    this.#lanes ??= new Md5Lanes(this.#limit * this.blockBytes);
    return this.#lanes;
  }
}
