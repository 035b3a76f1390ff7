import { BlockReader } from './block-reader';

/** After so long without a part the memory and the thread are given back. */
const REST_MS = 5_000;

/**
 * Read buffers that are used again and again, and never more of them than the limit. They lie in
 * the memory of the thread that fills them.
 */
export class BlockPool {
  readonly blockBytes: number;
  readonly #limit: number;
  readonly #idle: Buffer[] = [];
  #reader: BlockReader | null = null;
  #rest: NodeJS.Timeout | undefined;
  #made = 0;
  #out = 0;

  constructor(blockBytes: number, limit: number) {
    this.blockBytes = blockBytes;
    this.#limit = limit;
  }

  /** Memory that the pool holds, in bytes. */
  get allocatedBytes(): number {
    return this.#made * this.blockBytes;
  }

  /** What fills the blocks. It is there as long as one of them is out. */
  get reader(): BlockReader {
    if (!this.#reader) throw new Error('no block is out');
    return this.#reader;
  }

  /** Throws when more blocks are out than the limit: a defect of the caller. */
  take(): Buffer {
    if (this.#out === this.#limit) throw new Error('no read buffer left');
    clearTimeout(this.#rest);
    this.#reader ??= new BlockReader(this.blockBytes, this.#limit);
    this.#out += 1;
    const idle = this.#idle.pop();
    if (idle) return idle;
    this.#made += 1;
    return this.#reader.block(this.#made - 1);
  }

  give(block: Buffer): void {
    this.#idle.push(block);
    this.#out -= 1;
    if (this.#out > 0) return;
    this.#rest = setTimeout(() => this.#letGo(), REST_MS);
    this.#rest.unref();
  }

  #letGo(): void {
    this.#reader?.close();
    this.#reader = null;
    this.#idle.length = 0;
    this.#made = 0;
  }
}
