import { Worker } from 'node:worker_threads';
import { type BlockAnswer, type BlockRequest, serveBlocks, type WorkerSetup } from './block-worker';
import { LANES, LANES_PER_GROUP, layout, md5Program, STEP_CONSTANTS } from './md5-program';

/** What the MD5 of a part begins with. */
export const MD5_START = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476];

const PAGE_BYTES = 64 * 1024;
/** Behind each block: one that ends a part is padded to whole pieces of 64 bytes. */
const PADDING_BYTES = 128;

interface Pending {
  request: BlockRequest;
  resolve: (answer: BlockAnswer) => void;
  reject: (error: Error) => void;
}

/**
 * Reads blocks and hashes them in a thread of its own, into memory that both threads see, so that
 * nothing is copied between them. What is asked for while it works is done together next.
 */
export class BlockReader {
  readonly #blockBytes: number;
  readonly #memory: WebAssembly.Memory;
  readonly #worker: Worker;
  #waiting: Pending[] = [];
  #underWay: Pending[] = [];
  #hurries = false;

  /** Memory for so many blocks. The system gives it only where it is written to. */
  constructor(blockBytes: number, blocks: number) {
    this.#blockBytes = blockBytes;
    const bytes = layout.end + blocks * (blockBytes + PADDING_BYTES);
    const pages = Math.ceil(bytes / PAGE_BYTES);
    this.#memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
    const words = new Uint32Array(this.#memory.buffer);
    for (const [step, constant] of STEP_CONSTANTS.entries()) {
      const at = layout.constants / 4 + step * LANES_PER_GROUP;
      words.fill(constant, at, at + LANES_PER_GROUP);
    }
    const setup: WorkerSetup = {
      memory: this.#memory,
      program: new WebAssembly.Module(md5Program(pages)),
      layout,
      lanes: LANES,
      lanesPerGroup: LANES_PER_GROUP,
    };
    this.#worker = new Worker(SOURCE, { eval: true, workerData: setup, name: 'blocks' });
    this.#worker.unref();
    this.#worker.on('message', (answers: BlockAnswer[]) => this.#answered(answers));
    this.#worker.on('error', (error) => this.#broken(error));
    this.#worker.on('exit', () => this.#broken(new Error('the block reader has ended')));
  }

  /** The memory of one block. */
  block(index: number): Buffer {
    const at = layout.end + index * (this.#blockBytes + PADDING_BYTES);
    return Buffer.from(this.#memory.buffer, at, this.#blockBytes);
  }

  /**
   * Reads a block, and hashes it. That begins when eight have been asked for, which take no longer
   * than one, or when someone calls `hurry`. Rejects when the thread has ended: a defect.
   */
  read(request: BlockRequest): Promise<BlockAnswer> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ request, resolve, reject });
      this.#sendSoon();
    });
  }

  /** Someone has nothing to do before a block is there. */
  hurry(): void {
    this.#hurries = true;
    this.#sendSoon();
  }

  /** Ends the thread. Nothing may be under way. */
  close(): void {
    void this.#worker.terminate();
  }

  #sendSoon(): void {
    if (this.#underWay.length > 0) return;
    if (this.#waiting.length >= LANES) this.#send();
    // Not at once: parts that were just answered ask for their next block in this very turn.
    else if (this.#hurries) setImmediate(() => this.#send());
  }

  #send(): void {
    if (this.#underWay.length > 0 || this.#waiting.length === 0) return;
    this.#underWay = this.#waiting.splice(0, LANES);
    if (this.#waiting.length === 0) this.#hurries = false;
    this.#worker.postMessage(this.#underWay.map(({ request }) => request));
  }

  #answered(answers: BlockAnswer[]): void {
    for (const [index, { resolve }] of this.#underWay.splice(0).entries()) {
      resolve(answers[index] as BlockAnswer);
    }
    this.#sendSoon();
  }

  #broken(error: Error): void {
    for (const { reject } of [...this.#underWay.splice(0), ...this.#waiting.splice(0)]) {
      reject(error);
    }
  }
}

// What compiles TypeScript on the fly wraps functions in `__name` to keep their names.
const SOURCE = `
const __name = (named) => named;
const { parentPort, workerData } = require('node:worker_threads');
(${serveBlocks.toString()})(require('node:fs'), parentPort, workerData);
`;

/** The four words of an MD5 as lower-case hex. */
export function md5Hex(md5: number[]): string {
  const digest = Buffer.alloc(16);
  for (const [index, word] of md5.entries()) digest.writeUInt32LE(word, index * 4);
  return digest.toString('hex');
}
