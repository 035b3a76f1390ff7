import { LANES, LANES_PER_GROUP, layout, md5WasmModule, STEP_CONSTANTS } from './wasm-codegen';

export { LANES } from './wasm-codegen';

const PIECE_BYTES = 64;
const PAGE_BYTES = 64 * 1024;
/** Space behind each block: the last block of a message is padded to whole pieces. */
const PADDING_BYTES = 128;
const WORDS = 4;

/** An MD5 that is being computed. */
export interface Md5 {
  words: Uint32Array;
  hashedBytes: number;
}

/** The initial state, before any bytes. */
export function startMd5(): Md5 {
  const words = Uint32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476);
  return { words, hashedBytes: 0 };
}

/** Lower-case hex. */
export function md5Hex({ words }: Md5): string {
  const digest = Buffer.alloc(16);
  for (const [index, word] of words.entries()) digest.writeUInt32LE(word, index * 4);
  return digest.toString('hex');
}

/** Work for one lane: the first bytes of its block are added to the MD5. */
export interface LaneWork {
  lane: number;
  md5: Md5;
  /** A multiple of 64, except at the end of a message. */
  sizeBytes: number;
  last: boolean;
}

/** Hashes up to eight messages in parallel, in about the time of one. */
export class ParallelMd5 {
  readonly #memory: WebAssembly.Memory;
  readonly #words: Uint32Array;
  readonly #blockBytes: number;
  readonly #hash: (base: number, pieces: number) => void;
  /** For each work of an `update`: the address of its next bytes, and how many are left. */
  readonly #addresses = new Array<number>(LANES).fill(0);
  readonly #leftBytes = new Array<number>(LANES).fill(0);

  /** `blockBytes` is the size of each lane's block, a multiple of 64. */
  constructor(blockBytes: number) {
    this.#blockBytes = blockBytes;
    const pages = Math.ceil((layout.end + LANES * (blockBytes + PADDING_BYTES)) / PAGE_BYTES);
    this.#memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
    this.#words = new Uint32Array(this.#memory.buffer);
    for (const [step, constant] of STEP_CONSTANTS.entries()) {
      const at = layout.constants / 4 + step * LANES_PER_GROUP;
      this.#words.fill(constant, at, at + LANES_PER_GROUP);
    }
    const program = new WebAssembly.Module(md5WasmModule(pages));
    const { exports } = new WebAssembly.Instance(program, { env: { memory: this.#memory } });
    this.#hash = exports.hash as (base: number, pieces: number) => void;
  }

  /** The memory of a lane's block, to be filled before `update`. */
  block(lane: number): Uint8Array {
    return new Uint8Array(this.#memory.buffer, this.#address(lane), this.#blockBytes);
  }

  /** Adds the blocks of these lanes to their MD5s. */
  update(works: LaneWork[]): void {
    for (let index = 0; index < works.length; index += 1) {
      const work = works[index] as LaneWork;
      this.#addresses[index] = this.#address(work.lane);
      this.#leftBytes[index] = work.last ? this.#pad(work) : work.sizeBytes;
      work.md5.hashedBytes += work.sizeBytes;
    }
    for (let bytes = this.#shortest(works); bytes > 0; bytes = this.#shortest(works)) {
      this.#load(works);
      this.#hash(0, bytes / PIECE_BYTES);
      this.#store(works, bytes);
    }
  }

  /**
   * Makes V8 compile the program with its optimizing compiler, which it does only once the program
   * has run for a while: otherwise the first parts would be hashed at a fifth of the speed.
   */
  warmUp(): void {
    const works = Array.from({ length: LANES }, (_, lane) => ({
      lane,
      md5: startMd5(),
      sizeBytes: this.#blockBytes,
      last: false,
    }));
    for (let round = 0; round < 8; round += 1) this.update(works);
  }

  // Plain loops: this runs once for each megabyte. V8 took 80 ms to compile a version with `map` and
  // `filter`, as long as it takes to hash a short video.

  /** The smallest number of bytes that any unfinished work has left; 0 when all are done. */
  #shortest(works: LaneWork[]): number {
    let shortest = 0;
    for (let index = 0; index < works.length; index += 1) {
      const left = this.#leftBytes[index] as number;
      if (left > 0 && (shortest === 0 || left < shortest)) shortest = left;
    }
    return shortest;
  }

  #load(works: LaneWork[]): void {
    let busy = 0;
    while (this.#leftBytes[busy] === 0) busy += 1;
    for (let lane = 0; lane < LANES; lane += 1) {
      const own = lane < works.length && (this.#leftBytes[lane] as number) > 0;
      // A lane without a message repeats the work of another one, and its result is ignored.
      const index = own ? lane : busy;
      this.#words[layout.addresses / 4 + lane] = this.#addresses[index] as number;
      const { words } = (works[index] as LaneWork).md5;
      for (let word = 0; word < WORDS; word += 1) {
        this.#words[stateAt(lane, word)] = words[word] as number;
      }
    }
  }

  #store(works: LaneWork[], bytes: number): void {
    for (let index = 0; index < works.length; index += 1) {
      const left = this.#leftBytes[index] as number;
      if (left === 0) continue;
      this.#leftBytes[index] = left - bytes;
      this.#addresses[index] = (this.#addresses[index] as number) + bytes;
      const { words } = (works[index] as LaneWork).md5;
      for (let word = 0; word < WORDS; word += 1) {
        words[word] = this.#words[stateAt(index, word)] as number;
      }
    }
  }

  #address(lane: number): number {
    return layout.end + lane * (this.#blockBytes + PADDING_BYTES);
  }

  /** Pads the end of a message as MD5 requires; returns the size of its last block with the padding. */
  #pad({ lane, md5, sizeBytes }: LaneWork): number {
    const paddedBytes = Math.ceil((sizeBytes + 9) / PIECE_BYTES) * PIECE_BYTES;
    const at = this.#address(lane) + sizeBytes;
    const tail = new DataView(this.#memory.buffer, at, paddedBytes - sizeBytes);
    for (let byte = 0; byte < tail.byteLength; byte += 1)
      tail.setUint8(byte, byte === 0 ? 0x80 : 0);
    tail.setBigUint64(tail.byteLength - 8, BigInt(md5.hashedBytes + sizeBytes) * 8n, true);
    return paddedBytes;
  }
}

/** Where a word of a lane's state is, counted in words. */
function stateAt(lane: number, word: number): number {
  const group = Math.floor(lane / LANES_PER_GROUP);
  return layout.states / 4 + (group * WORDS + word) * LANES_PER_GROUP + (lane % LANES_PER_GROUP);
}
