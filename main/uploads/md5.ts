import { LANES, layout, md5Program, STEP_CONSTANTS } from './md5-program';

/** MD5 works in pieces of this size. */
const PIECE_BYTES = 64;
const PAGE_BYTES = 64 * 1024;
const LANES_PER_VECTOR = 4;
const START = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476];
/** A message's last bytes with their padding: one piece or two. */
const TAIL_BYTES = 2 * PIECE_BYTES;

/** Whole pieces that are still to be hashed. */
interface Waiting {
  message: Md5;
  addedAt: number;
  address: number;
  pieces: number;
}

/**
 * Hashes messages side by side that lie in its memory. What is added waits until someone needs it
 * done: by then there is more of it, and eight messages take as long as one.
 */
export class Md5Lanes {
  readonly #memory: WebAssembly.Memory;
  readonly #words: Uint32Array;
  readonly #hash: (base: number, count: number) => void;
  readonly #tail: Buffer;
  readonly #messagesAt = layout.end + TAIL_BYTES;
  #waiting: Waiting[] = [];

  /** Memory for so many bytes of messages. The system gives it only where it is written to. */
  constructor(messageBytes: number) {
    const initial = Math.ceil((this.#messagesAt + messageBytes) / PAGE_BYTES);
    this.#memory = new WebAssembly.Memory({ initial });
    this.#words = new Uint32Array(this.#memory.buffer, 0, layout.end / 4);
    this.#tail = Buffer.from(this.#memory.buffer, layout.end, TAIL_BYTES);
    const program = new WebAssembly.Module(md5Program());
    const instance = new WebAssembly.Instance(program, { env: { memory: this.#memory } });
    this.#hash = instance.exports.hash as (base: number, count: number) => void;
    STEP_CONSTANTS.forEach((constant, step) => {
      const at = layout.constants / 4 + step * LANES_PER_VECTOR;
      this.#words.fill(constant, at, at + LANES_PER_VECTOR);
    });
  }

  /** A piece of the memory for messages. */
  buffer(offsetBytes: number, sizeBytes: number): Buffer {
    return Buffer.from(this.#memory.buffer, this.#messagesAt + offsetBytes, sizeBytes);
  }

  /** Takes note of bytes in the memory, which must stay as they are until `settle`. */
  add(message: Md5, bytes: Buffer): void {
    const pieces = Math.floor(bytes.length / PIECE_BYTES);
    const address = bytes.byteOffset;
    if (pieces > 0) this.#waiting.push({ message, addedAt: address, address, pieces });
  }

  /** Hashes all that waits, if bytes that were added with this address are among it. */
  settle(bytes: Buffer): void {
    if (this.#waiting.some((one) => one.addedAt === bytes.byteOffset)) this.#settleAll();
  }

  #settleAll(): void {
    while (this.#waiting.length > 0) {
      const now: Waiting[] = [];
      const later: Waiting[] = [];
      for (const one of this.#waiting) {
        const first = !now.some(({ message }) => message === one.message);
        (first && now.length < LANES ? now : later).push(one);
      }
      const pieces = Math.min(...now.map((one) => one.pieces));
      this.#run(now, pieces);
      for (const one of now) {
        one.address += pieces * PIECE_BYTES;
        one.pieces -= pieces;
      }
      // What is left of a message goes before what comes later of it.
      this.#waiting = [...now.filter((one) => one.pieces > 0), ...later];
    }
  }

  /** Forgets what waits of a message. */
  drop(message: Md5): void {
    this.#waiting = this.#waiting.filter((one) => one.message !== message);
  }

  /** Ends a message of this length with its last bytes, fewer than a piece; gives the MD5 in hex. */
  end(message: Md5, lengthBytes: number, lastBytes: Uint8Array): string {
    this.#settleAll();
    const pieces = lastBytes.length < PIECE_BYTES - 8 ? 1 : 2;
    this.#tail.fill(0);
    this.#tail.set(lastBytes);
    this.#tail[lastBytes.length] = 0x80;
    this.#tail.writeBigUInt64LE(BigInt(lengthBytes) * 8n, pieces * PIECE_BYTES - 8);
    this.#run([{ message, address: this.#tail.byteOffset }], pieces);
    const digest = Buffer.alloc(16);
    message.state.forEach((word, index) => {
      digest.writeUInt32LE(word, index * 4);
    });
    return digest.toString('hex');
  }

  #run(lanes: Pick<Waiting, 'message' | 'address'>[], pieces: number): void {
    const words = this.#words;
    for (let lane = 0; lane < LANES; lane += 1) {
      // A lane that has nothing to do does the work of the first, and nobody looks at it.
      const { message, address } = (lanes[lane] ?? lanes[0]) as (typeof lanes)[0];
      words[layout.addresses / 4 + lane] = address;
      message.state.forEach((word, index) => {
        words[stateAt(lane, index)] = word;
      });
    }
    this.#hash(0, pieces);
    lanes.forEach(({ message: { state } }, lane) => {
      for (let index = 0; index < state.length; index += 1) {
        state[index] = words[stateAt(lane, index)] as number;
      }
    });
  }
}

/** Where one of the four words of a lane's state is, counted in words. */
function stateAt(lane: number, index: number): number {
  const group = Math.floor(lane / LANES_PER_VECTOR);
  return (
    layout.states / 4 +
    (group * START.length + index) * LANES_PER_VECTOR +
    (lane % LANES_PER_VECTOR)
  );
}

/** One message on its way through the lanes. */
export class Md5 {
  readonly state = Uint32Array.from(START);
  readonly #lanes: Md5Lanes;
  #lengthBytes = 0;
  #lastBytes: Uint8Array = Buffer.alloc(0);

  constructor(lanes: Md5Lanes) {
    this.#lanes = lanes;
  }

  /**
   * Adds bytes that lie in the lanes' memory. All but the last ones of a message are a multiple of
   * 64. They must stay as they are until `settle`.
   */
  update(bytes: Buffer): void {
    if (this.#lastBytes.length > 0) throw new Error('only the last bytes may be an odd number');
    this.#lanes.add(this, bytes);
    this.#lengthBytes += bytes.length;
    // A copy, since the buffer may be filled with something else before the end.
    this.#lastBytes = Uint8Array.prototype.slice.call(bytes, bytes.length - (bytes.length % 64));
  }

  /** Makes sure that these bytes, if they were added, may be overwritten. */
  settle(bytes: Buffer): void {
    this.#lanes.settle(bytes);
  }

  /** Lower-case hex. To be asked once. */
  hex(): string {
    return this.#lanes.end(this, this.#lengthBytes, this.#lastBytes);
  }

  /** Gives up what was added; the bytes may be overwritten. */
  drop(): void {
    this.#lanes.drop(this);
  }
}
