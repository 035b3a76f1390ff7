import { ServiceError } from '../../domain/service-error';
import type { PartAnswer } from '../ports';
import type { RateLimit } from './bandwidth-limiter';
import { ReadError, type SendAnswer, type SendRequest } from './messages';
import { readWhole } from './read';

/**
 * A piece is the finest progress that can be seen: on a bad link 64 KiB in 30 s is still alive. It
 * must not be smaller, or sockets would keep it and let its memory be overwritten.
 */
const SMALL_PIECE_BYTES = 64 * 1024;
/**
 * Each piece costs the same, so a fast link gets larger ones. With four parts on their way these
 * still fit into a core's own cache, so that what was read is there to be sent.
 */
const LARGE_PIECE_BYTES = 512 * 1024;
const FAST_PIECE_MS = 50;
/** By how much they grow at once: the system takes a first piece quickly on any link. */
const GROWTH = 4;
const TELL_EVERY_MS = 200;

/** The HTTP side of sending: `main/http/part-client.ts` has it. */
export interface PartPutter {
  put(part: {
    url: string;
    proxy: string | null;
    body: AsyncIterable<Uint8Array>;
    sizeBytes: number;
    contentMd5: string | null;
    signal: AbortSignal;
  }): Promise<PartAnswer>;
  resetConnections(): void;
}

type Sending = Extract<SendRequest, { do: 'send' }>;

/** The work of the sending thread: reads parts and puts them on the network, many at a time. */
export class Sender {
  readonly #client: PartPutter;
  readonly #limit: RateLimit;
  readonly #tell: (answer: SendAnswer) => void;
  readonly #running = new Map<number, AbortController>();
  readonly #moved = new Map<number, number>();
  /** One block for each part that is being sent, used again and again. */
  readonly #blocks: Uint8Array[] = [];
  #notificationRules: NodeJS.Timeout | null = null;

  constructor(client: PartPutter, limit: RateLimit, tell: (answer: SendAnswer) => void) {
    this.#client = client;
    this.#limit = limit;
    this.#tell = tell;
  }

  take(request: SendRequest): void {
    switch (request.do) {
      case 'send':
        void this.#send(request);
        break;
      case 'abort':
        this.#running.get(request.id)?.abort();
        break;
      case 'limit':
        this.#limit.set(request.bytesPerSecond);
        break;
      case 'reset':
        this.#client.resetConnections();
        break;
    }
  }

  async #send(request: Sending): Promise<void> {
    const { id, url, proxy, sizeBytes, md5Hex } = request;
    const controller = new AbortController();
    this.#running.set(id, controller);
    const block = this.#blocks.pop() ?? new Uint8Array(LARGE_PIECE_BYTES);
    let answer: SendAnswer;
    try {
      const body = this.#pieces(request, block, controller.signal);
      const contentMd5 = md5Hex === null ? null : Buffer.from(md5Hex, 'hex').toString('base64');
      const { signal } = controller;
      const part = { url, proxy, body, sizeBytes, contentMd5, signal };
      answer = { id, answer: await this.#client.put(part) };
    } catch (error) {
      answer = { id, ...failed(error) };
    }
    // Pieces that wait for their turn must not read any more: the file may be closed after this.
    controller.abort();
    this.#running.delete(id);
    // A socket may still refer to the block of a part that was broken off: it is not used again.
    if ('answer' in answer) this.#blocks.push(block);
    this.#tellMoved();
    this.#moved.delete(id);
    this.#tell(answer);
  }

  async *#pieces(
    { id, fd, offsetBytes, sizeBytes }: Sending,
    block: Uint8Array,
    signal: AbortSignal,
  ): AsyncGenerator<Uint8Array> {
    let pieceBytes = SMALL_PIECE_BYTES;
    for (let sentBytes = 0; sentBytes < sizeBytes; ) {
      const mostBytes = Math.max(SMALL_PIECE_BYTES, Math.min(pieceBytes, this.#limit.pieceBytes));
      const bytes = Math.min(Math.floor(mostBytes), sizeBytes - sentBytes);
      await this.#limit.take(bytes);
      if (signal.aborted) return;
      // The next piece is asked for when this one has left the process, so one block is enough.
      const piece = block.subarray(0, bytes);
      readWhole(fd, piece, offsetBytes + sentBytes);
      const startedMs = performance.now();
      yield piece;
      const fast = performance.now() - startedMs < FAST_PIECE_MS;
      pieceBytes = fast ? Math.min(pieceBytes * GROWTH, LARGE_PIECE_BYTES) : SMALL_PIECE_BYTES;
      sentBytes += bytes;
      this.#moved.set(id, sentBytes);
      this.#notificationRules ??= setTimeout(() => this.#tellMoved(), TELL_EVERY_MS);
    }
  }

  #tellMoved(): void {
    if (this.#notificationRules) clearTimeout(this.#notificationRules);
    this.#notificationRules = null;
    if (this.#moved.size > 0) this.#tell({ moved: [...this.#moved] });
    this.#moved.clear();
  }
}

function failed(error: unknown) {
  if (error instanceof ReadError) return { fileError: error.fileError };
  if (error instanceof ServiceError) return { problem: error.problem };
  throw error;
}
