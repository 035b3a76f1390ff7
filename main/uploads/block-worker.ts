import type * as Fs from 'node:fs';
import type { MessagePort } from 'node:worker_threads';
import type { layout } from './md5-program';

/** Asks for a block: which bytes to read to where, and the MD5 of the part up to it. */
export interface BlockRequest {
  fd: number;
  positionBytes: number;
  /** In the shared memory. */
  address: number;
  sizeBytes: number;
  /** The four words of the MD5 of what came before. */
  md5: number[];
  /** Length of the part when this block ends it, else null. */
  partBytes: number | null;
}

/** The MD5 with the block, or why that could not be read: null when the file ended before. */
export type BlockAnswer = { md5: number[] } | { errorCode: string | null };

export interface WorkerSetup {
  memory: WebAssembly.Memory;
  program: WebAssembly.Module;
  layout: typeof layout;
  lanes: number;
  lanesPerGroup: number;
}

/**
 * What the worker does: reads the blocks it is asked for and hashes them side by side.
 *
 * It is sent to the worker as text, because a bundled file, a file inside an archive and a
 * TypeScript file would each have to be found in another way. So it may use nothing of this module.
 */
export function serveBlocks(fs: typeof Fs, port: MessagePort, setup: WorkerSetup): void {
  const { memory, program, layout, lanes, lanesPerGroup } = setup;
  const pieceBytes = 64;
  const words = new Uint32Array(memory.buffer, 0, layout.end / 4);
  const exported = new WebAssembly.Instance(program, { env: { memory } }).exports;
  const hash = exported.hash as (base: number, count: number) => void;

  /** Reads the block whole. Gives null, or why it cannot. */
  const read = (request: BlockRequest): { errorCode: string | null } | null => {
    const { fd, positionBytes, address, sizeBytes } = request;
    const block = new Uint8Array(memory.buffer, address, sizeBytes);
    try {
      for (let at = 0; at < sizeBytes; ) {
        const readBytes = fs.readSync(fd, block, at, sizeBytes - at, positionBytes + at);
        if (readBytes === 0) return { errorCode: null };
        at += readBytes;
      }
      return null;
    } catch (error) {
      return { errorCode: String((error as NodeJS.ErrnoException).code) };
    }
  };

  /** Bytes to hash; at the end of a part with the padding, for which room is left behind a block. */
  const padded = ({ address, sizeBytes, partBytes }: BlockRequest): number => {
    if (partBytes === null) return sizeBytes;
    const paddedBytes = Math.ceil((sizeBytes + 9) / pieceBytes) * pieceBytes;
    const tail = new DataView(memory.buffer, address + sizeBytes, paddedBytes - sizeBytes);
    for (let at = 0; at < tail.byteLength; at += 1) tail.setUint8(at, at === 0 ? 0x80 : 0);
    tail.setBigUint64(tail.byteLength - 8, BigInt(partBytes) * 8n, true);
    return paddedBytes;
  };

  /** Where a word of a lane's state is, counted in words. */
  const stateAt = (lane: number, word: number): number =>
    layout.states / 4 +
    (Math.floor(lane / lanesPerGroup) * 4 + word) * lanesPerGroup +
    (lane % lanesPerGroup);

  interface Message {
    md5: number[];
    address: number;
    leftBytes: number;
  }

  /** Hashes messages side by side, as many as there are lanes or fewer. */
  const hashAll = (messages: Message[]): void => {
    const running = messages.filter((message) => message.leftBytes > 0);
    const first = running[0];
    if (!first) return;
    const bytes = Math.min(...running.map((message) => message.leftBytes));
    for (let lane = 0; lane < lanes; lane += 1) {
      // A lane without a message of its own does the work of the first, and nobody looks at it.
      const { md5, address } = running[lane] ?? first;
      words[layout.addresses / 4 + lane] = address;
      for (const [index, word] of md5.entries()) words[stateAt(lane, index)] = word;
    }
    hash(0, bytes / pieceBytes);
    for (const [lane, message] of running.entries()) {
      message.md5 = message.md5.map((_, index) => words[stateAt(lane, index)] as number);
      message.address += bytes;
      message.leftBytes -= bytes;
    }
    hashAll(messages);
  };

  port.on('message', (requests: BlockRequest[]) => {
    const messages: Message[] = [];
    const outcomes = requests.map((request) => {
      const failure = read(request);
      if (failure) return failure;
      const { md5, address } = request;
      const message = { md5, address, leftBytes: padded(request) };
      messages.push(message);
      return message;
    });
    hashAll(messages);
    port.postMessage(
      outcomes.map((outcome): BlockAnswer => ('md5' in outcome ? { md5: outcome.md5 } : outcome)),
    );
  });
}
