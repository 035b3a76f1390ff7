/**
 * Generates the WebAssembly program that hashes eight messages at once.
 *
 * MD5 is one long chain of steps, each of which depends on the one before. A processor that could do
 * several things at once therefore mostly waits: 0.5 to 0.6 GB/s a core, however well it is written.
 * Eight chains in parallel, four in the lanes of each of two SIMD registers, fill the gaps: 2 GB/s.
 * The steps are those of https://www.rfc-editor.org/rfc/rfc1321#section-3.4; the instructions those
 * of https://webassembly.github.io/spec/core/binary/instructions.html
 */

/** Number of messages of which one vector holds a word each. */
export const LANES_PER_GROUP = 4;
/** More would not fit into the registers. */
const GROUPS = 2;
/** Messages that are hashed at once. */
export const LANES = LANES_PER_GROUP * GROUPS;

const VECTOR_BYTES = 16;
const WORDS = 4;

/** Where the program's data is in memory, in bytes. */
export const layout = {
  /** Four vectors a group: the words A, B, C and D of its lanes. */
  states: 0,
  /** One 32-bit address a lane: that of its message's next bytes. */
  addresses: 256,
  /** The program's own: 16 words of each message, sorted by word. */
  sorted: 512,
  /** 64 vectors, each with a step's constant in all lanes. */
  constants: 1024,
  end: 2048,
};

/** The constant of each step, in the last round without the one that `mix` adds there. */
export const STEP_CONSTANTS = Array.from(
  { length: 64 },
  (_, step) => (Math.floor(Math.abs(Math.sin(step + 1)) * 2 ** 32) - (step < 48 ? 0 : 1)) >>> 0,
);

const ROTATIONS = [
  [7, 12, 17, 22],
  [5, 9, 14, 20],
  [4, 11, 16, 23],
  [6, 10, 15, 21],
];

/** Which of the 16 words each step uses. */
const WORD_OF_STEP = [
  (step: number) => step,
  (step: number) => (5 * step + 1) % 16,
  (step: number) => (3 * step + 5) % 16,
  (step: number) => (7 * step) % 16,
];

// Locals: the two parameters, an address a lane, then vectors.
const BASE = 0;
const COUNT = 1;
const ADDRESS = 2;
const STATE = ADDRESS + LANES;
const BEFORE = STATE + GROUPS * WORDS;
const SPARE = BEFORE + GROUPS * WORDS;
const SPARES = 8;

const I32 = 0x7f;
const V128 = 0x7b;
// Vector instructions, by their numbers after the common prefix.
const AND = 78;
const AND_NOT = 79;
const OR = 80;
const XOR = 81;
const ADD = 174;
const SUBTRACT = 177;
const SHIFT_LEFT = 171;
const SHIFT_RIGHT = 173;

const groups = [0, 1];
const words = [0, 1, 2, 3];
const state = (group: number, word: number): number => STATE + group * WORDS + (word & 3);
const before = (group: number, word: number): number => BEFORE + group * WORDS + word;
const stateAt = (group: number, word: number): number =>
  layout.states + (group * WORDS + word) * VECTOR_BYTES;
const sortedAt = (word: number, group: number): number =>
  layout.sorted + (word * GROUPS + group) * VECTOR_BYTES;

function unsigned(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...unsigned(value >>> 7)];
}

/** The instructions of the function, appended one after another. */
class Instructions {
  readonly bytes: number[] = [];

  raw(...bytes: number[]): this {
    this.bytes.push(...bytes);
    return this;
  }

  get(local: number): this {
    return this.raw(0x20, local);
  }

  set(local: number): this {
    return this.raw(0x21, local);
  }

  tee(local: number): this {
    return this.raw(0x22, local);
  }

  /** Up to 63. */
  constant(value: number): this {
    return this.raw(0x41, value);
  }

  load32(offset: number): this {
    return this.raw(0x28, 2, ...unsigned(offset));
  }

  vector(instruction: number): this {
    return this.raw(0xfd, ...unsigned(instruction));
  }

  loadVector(offset: number): this {
    return this.vector(0).raw(0, ...unsigned(offset));
  }

  storeVector(offset: number): this {
    return this.vector(11).raw(0, ...unsigned(offset));
  }

  /** By 32-bit words: 0 to 3 are those of the first operand, 4 to 7 of the second. */
  shuffle(...order: number[]): this {
    this.vector(13);
    for (const word of order) for (const byte of words) this.raw(word * 4 + byte);
    return this;
  }
}

/** Turns the next 64 bytes of four messages into 16 vectors, one for each word. */
function sort(code: Instructions, group: number): void {
  for (const quarter of words) {
    for (const lane of words) {
      code.get(ADDRESS + group * LANES_PER_GROUP + lane);
      code.loadVector(quarter * VECTOR_BYTES).set(SPARE + lane);
    }
    for (const pair of [0, 2]) {
      const [first, second] = [SPARE + pair, SPARE + pair + 1];
      code.get(first).get(second).shuffle(0, 4, 1, 5);
      code.set(SPARE + 4 + pair);
      code.get(first).get(second).shuffle(2, 6, 3, 7);
      code.set(SPARE + 5 + pair);
    }
    for (const word of words) {
      const half = SPARE + 4 + (word >> 1);
      code
        .get(BASE)
        .get(half)
        .get(half + 2);
      code.shuffle(...(word & 1 ? [2, 3, 6, 7] : [0, 1, 4, 5]));
      code.storeVector(sortedAt(quarter * 4 + word, group));
    }
  }
}

/** What a round computes from B, C and D, and adds to A. */
function mix(code: Instructions, round: number, b: number, c: number, d: number): void {
  switch (round) {
    case 0:
      code.get(c).get(d).vector(XOR).get(b).vector(AND).get(d).vector(XOR).vector(ADD);
      break;
    case 1:
      // The two halves have no bit in common, so adding joins them; the one that does not depend on B
      // comes first.
      code.get(c).get(d).vector(AND_NOT).vector(ADD).get(b).get(d).vector(AND).vector(ADD);
      break;
    case 2:
      code.get(c).get(d).vector(XOR).get(b).vector(XOR).vector(ADD);
      break;
    default:
      // RFC 1321 has `C xor (B or not D)` here; this is its complement. Subtracting the complement adds
      // the bits themselves and one, so the step's constant has one less.
      code.get(d).get(b).vector(AND_NOT).get(c).vector(XOR).vector(SUBTRACT);
  }
}

function step(code: Instructions, index: number, group: number): void {
  const round = index >> 4;
  // Instead of moving the words after each step, the next step addresses them by their new positions.
  const [a, b, c, d] = [0, 1, 2, 3].map((word) => state(group, word - index)) as [
    number,
    number,
    number,
    number,
  ];
  const word = WORD_OF_STEP[round]?.(index & 15) ?? 0;
  const bits = ROTATIONS[round]?.[index & 3] ?? 0;
  code.get(a).get(BASE).loadVector(sortedAt(word, group)).vector(ADD);
  code
    .get(BASE)
    .loadVector(layout.constants + index * VECTOR_BYTES)
    .vector(ADD);
  mix(code, round, b, c, d);
  const sum = SPARE + group;
  code.tee(sum).constant(bits).vector(SHIFT_LEFT);
  code
    .get(sum)
    .constant(32 - bits)
    .vector(SHIFT_RIGHT)
    .vector(OR);
  code.get(b).vector(ADD).set(a);
}

/** `(base, count)`: hashes `count` times 64 bytes of each message into the states. */
function body(): number[] {
  const code = new Instructions();
  const everyState = (what: (group: number, word: number) => void): void => {
    for (const group of groups) for (const word of words) what(group, word);
  };
  for (let lane = 0; lane < LANES; lane += 1) {
    code
      .get(BASE)
      .load32(layout.addresses + 4 * lane)
      .set(ADDRESS + lane);
  }
  everyState((g, w) => code.get(BASE).loadVector(stateAt(g, w)).set(state(g, w)));
  const [loop, repeatIf, end, add, subtract] = [0x03, 0x0d, 0x0b, 0x6a, 0x6b];
  code.raw(loop, 0x40);
  for (const group of groups) sort(code, group);
  for (let lane = 0; lane < LANES; lane += 1) {
    // 64, encoded in the two bytes that a signed number needs.
    code
      .get(ADDRESS + lane)
      .raw(0x41, 0xc0, 0, add)
      .set(ADDRESS + lane);
  }
  everyState((g, w) => code.get(state(g, w)).set(before(g, w)));
  for (const index of STEP_CONSTANTS.keys()) for (const group of groups) step(code, index, group);
  everyState((g, w) => code.get(state(g, w)).get(before(g, w)).vector(ADD).set(state(g, w)));
  code.get(COUNT).constant(1).raw(subtract).tee(COUNT).raw(repeatIf, 0, end);
  everyState((g, w) => code.get(BASE).get(state(g, w)).storeVector(stateAt(g, w)));
  return code.raw(end).bytes;
}

const sized = (bytes: number[]): number[] => [...unsigned(bytes.length), ...bytes];
const section = (id: number, bytes: number[]): number[] => [id, ...sized(bytes)];
const named = (name: string): number[] => sized([...Buffer.from(name)]);

/**
 * The program. It imports a memory of `pages` pages as `env.memory` and exports `hash`, which takes the
 * address where the layout begins and a count: it hashes that many times 64 bytes of each message into
 * its state.
 */
export function md5WasmModule(pages: number): Uint8Array<ArrayBuffer> {
  const [memory, limited] = [2, 1];
  const limits = [limited, ...unsigned(pages), ...unsigned(pages)];
  const locals = [2, LANES, I32, SPARE + SPARES - STATE, V128];
  return Uint8Array.from([
    ...[0, ...Buffer.from('asm'), 1, 0, 0, 0],
    ...section(1, [1, 0x60, 2, I32, I32, 0]),
    ...section(2, [1, ...named('env'), ...named('memory'), memory, ...limits]),
    ...section(3, [1, 0]),
    ...section(7, [1, ...named('hash'), 0, 0]),
    ...section(10, [1, ...sized([...locals, ...body()])]),
  ]);
}
