/**
 * Writes the WebAssembly program that hashes eight messages at once.
 *
 * MD5 is one long chain of steps that each wait for the one before, so a processor that could do
 * several things at a time mostly waits: 0.5 to 0.6 GB/s a core, however well it is written. Eight
 * chains side by side, four in the lanes of each of two SIMD registers, fill the gaps: 2 GB/s.
 * The steps are those of https://www.rfc-editor.org/rfc/rfc1321#section-3.4; the instructions those
 * of https://webassembly.github.io/spec/core/binary/instructions.html
 */

const LANES_PER_GROUP = 4;
const GROUPS = 2;
/** Messages that one call works on. */
export const LANES = LANES_PER_GROUP * GROUPS;

const VECTOR_BYTES = 16;
const WORDS = 4;

/** Where in the memory the program finds what it works with, in bytes. */
export const layout = {
  /** Four vectors a group: the words A, B, C and D of its lanes. */
  states: 0,
  /** One 32-bit address a lane: where its message goes on. */
  addresses: 256,
  /** The program's own: 16 words of each message, sorted by word. */
  sorted: 512,
  /** 64 vectors, each a step's constant in all lanes. */
  constants: 1024,
  end: 2048,
};

/** The constant of each step. */
export const STEP_CONSTANTS = Array.from(
  { length: 64 },
  (_, step) => Math.floor(Math.abs(Math.sin(step + 1)) * 2 ** 32) >>> 0,
);

const ROTATIONS = [
  [7, 12, 17, 22],
  [5, 9, 14, 20],
  [4, 11, 16, 23],
  [6, 10, 15, 21],
];

/** Which of the 16 words each step takes. */
const WORD_OF_STEP = [
  (step: number) => step,
  (step: number) => (5 * step + 1) % 16,
  (step: number) => (3 * step + 5) % 16,
  (step: number) => (7 * step) % 16,
];

function unsigned(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...unsigned(value >>> 7)];
}

/** An `i32.const`; enough for values from 0 to 8191. */
function constant(value: number): number[] {
  return [0x41, ...(value < 64 ? [value] : [(value & 127) | 128, value >> 7])];
}

const get = (local: number): number[] => [0x20, ...unsigned(local)];
const set = (local: number): number[] => [0x21, ...unsigned(local)];
const tee = (local: number): number[] => [0x22, ...unsigned(local)];
const vector = (opcode: number): number[] => [0xfd, ...unsigned(opcode)];
const load32 = (offset: number): number[] => [0x28, 2, ...unsigned(offset)];
const loadVector = (offset: number): number[] => [...vector(0), 0, ...unsigned(offset)];
const storeVector = (offset: number): number[] => [...vector(11), 0, ...unsigned(offset)];
/** `i8x16.shuffle` by 32-bit words: 0 to 3 are those of the first operand, 4 to 7 of the second. */
const shuffle = (...words: number[]): number[] => [
  ...vector(13),
  ...words.flatMap((word) => [0, 1, 2, 3].map((byte) => word * 4 + byte)),
];

const I32_ADD = [0x6a];
const I32_SUB = [0x6b];
const LOOP = [0x03, 0x40];
const REPEAT_IF = [0x0d, 0];
const END = [0x0b];
const NOT = vector(77);
const AND = vector(78);
const AND_NOT = vector(79);
const OR = vector(80);
const XOR = vector(81);
const ADD = vector(174);
const SHIFT_LEFT = vector(171);
const SHIFT_RIGHT = vector(173);

// Locals: the two parameters, an address a lane, then vectors.
const BASE = 0;
const COUNT = 1;
const ADDRESS = 2;
const STATE = ADDRESS + LANES;
const BEFORE = STATE + GROUPS * WORDS;
const SPARE = BEFORE + GROUPS * WORDS;
const SPARES = 8;

const groups = [...Array(GROUPS).keys()];
const words = [...Array(WORDS).keys()];
const lanes = [...Array(LANES).keys()];
const state = (group: number, word: number): number => STATE + group * WORDS + (word & 3);
const before = (group: number, word: number): number => BEFORE + group * WORDS + word;
const stateAt = (group: number, word: number): number =>
  layout.states + (group * WORDS + word) * VECTOR_BYTES;
const sortedAt = (word: number, group: number): number =>
  layout.sorted + (word * GROUPS + group) * VECTOR_BYTES;

/** Turns the next 64 bytes of four messages into 16 vectors, one for each word of them. */
function sort(group: number): number[] {
  const pair = (first: number, second: number, ...order: number[]) => [
    ...get(SPARE + first),
    ...get(SPARE + second),
    ...shuffle(...order),
  ];
  return words.flatMap((quarter) => [
    ...words.flatMap((lane) => [
      ...get(ADDRESS + group * LANES_PER_GROUP + lane),
      ...loadVector(quarter * VECTOR_BYTES),
      ...set(SPARE + lane),
    ]),
    ...[...pair(0, 1, 0, 4, 1, 5), ...set(SPARE + 4)],
    ...[...pair(0, 1, 2, 6, 3, 7), ...set(SPARE + 5)],
    ...[...pair(2, 3, 0, 4, 1, 5), ...set(SPARE + 6)],
    ...[...pair(2, 3, 2, 6, 3, 7), ...set(SPARE + 7)],
    ...words.flatMap((word) => [
      ...get(BASE),
      ...pair(4 + (word >> 1), 6 + (word >> 1), ...(word & 1 ? [2, 3, 6, 7] : [0, 1, 4, 5])),
      ...storeVector(sortedAt(quarter * 4 + word, group)),
    ]),
  ]);
}

/** What a round adds to A of B, C and D. */
function mix(round: number, b: number, c: number, d: number): number[] {
  switch (round) {
    case 0:
      return [...get(c), ...get(d), ...XOR, ...get(b), ...AND, ...get(d), ...XOR, ...ADD];
    case 1:
      // The two halves have no bit in common, so that adding joins them, and the one that does not
      // wait for B comes first.
      return [...get(c), ...get(d), ...AND_NOT, ...ADD, ...get(b), ...get(d), ...AND, ...ADD];
    case 2:
      return [...get(c), ...get(d), ...XOR, ...get(b), ...XOR, ...ADD];
    default:
      return [...get(d), ...NOT, ...get(b), ...OR, ...get(c), ...XOR, ...ADD];
  }
}

function step(index: number, group: number): number[] {
  const round = index >> 4;
  // Instead of moving the words on after each step, the next one names them by their new places.
  const [a = 0, b = 0, c = 0, d = 0] = words.map((word) => state(group, word - index));
  const word = WORD_OF_STEP[round]?.(index & 15) ?? 0;
  const bits = ROTATIONS[round]?.[index & 3] ?? 0;
  return [
    ...[...get(a), ...get(BASE), ...loadVector(sortedAt(word, group)), ...ADD],
    ...[...get(BASE), ...loadVector(layout.constants + index * VECTOR_BYTES), ...ADD],
    ...[...mix(round, b, c, d), ...tee(SPARE + group), ...constant(bits), ...SHIFT_LEFT],
    ...[...get(SPARE + group), ...constant(32 - bits), ...SHIFT_RIGHT, ...OR],
    ...[...get(b), ...ADD, ...set(a)],
  ];
}

/** `(base, count)`: takes `count` times 64 bytes of each message into the states. */
function body(): number[] {
  const everyState = (what: (group: number, word: number) => number[]): number[] =>
    groups.flatMap((group) => words.flatMap((word) => what(group, word)));
  return [
    ...lanes.flatMap((lane) => [
      ...get(BASE),
      ...load32(layout.addresses + 4 * lane),
      ...set(ADDRESS + lane),
    ]),
    ...everyState((g, w) => [...get(BASE), ...loadVector(stateAt(g, w)), ...set(state(g, w))]),
    ...LOOP,
    ...groups.flatMap(sort),
    ...lanes.flatMap((lane) => [
      ...get(ADDRESS + lane),
      ...constant(64),
      ...I32_ADD,
      ...set(ADDRESS + lane),
    ]),
    ...everyState((g, w) => [...get(state(g, w)), ...set(before(g, w))]),
    ...STEP_CONSTANTS.flatMap((_, index) => groups.flatMap((group) => step(index, group))),
    ...everyState((g, w) => [
      ...get(state(g, w)),
      ...get(before(g, w)),
      ...ADD,
      ...set(state(g, w)),
    ]),
    ...[...get(COUNT), ...constant(1), ...I32_SUB, ...tee(COUNT), ...REPEAT_IF, ...END],
    ...everyState((g, w) => [...get(BASE), ...get(state(g, w)), ...storeVector(stateAt(g, w))]),
    ...END,
  ];
}

const sized = (bytes: number[]): number[] => [...unsigned(bytes.length), ...bytes];
const section = (id: number, bytes: number[]): number[] => [id, ...sized(bytes)];
const named = (name: string): number[] => sized([...Buffer.from(name)]);

/** The program: imports `env.memory`, exports `hash(base, count)`. */
export function md5Program(): Uint8Array<ArrayBuffer> {
  const [i32, v128] = [0x7f, 0x7b];
  const locals = [2, LANES, i32, SPARE + SPARES - STATE, v128];
  return Uint8Array.from([
    ...[0, ...Buffer.from('asm'), 1, 0, 0, 0],
    ...section(1, [1, 0x60, 2, i32, i32, 0]),
    ...section(2, [1, ...named('env'), ...named('memory'), 2, 0, 1]),
    ...section(3, [1, 0]),
    ...section(7, [1, ...named('hash'), 0, 0]),
    ...section(10, [1, ...sized([...locals, ...body()])]),
  ]);
}
