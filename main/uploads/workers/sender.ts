import type { PartClient } from '../../domain/part-put';
import { ServiceError } from '../../domain/service-error';
import type { BandwidthLimiter } from './bandwidth-limiter';
import { ReadError, type SendAnswer, type SendRequest } from './messages';
import { readFully } from './read';

/**
 * Progress is only visible in whole pieces: on a bad link, 64 KiB in 30 s still counts as moving. Pieces
 * must not be smaller, or a socket would hold on to one while its memory is overwritten.
 */
const SMALL_PIECE_BYTES = 64 * 1024;
/**
 * Each piece costs the same, so a fast link gets larger ones. With four parts in flight they still fit
 * into a core's cache, so that what was read is still in it when sent.
 */
const LARGE_PIECE_BYTES = 512 * 1024;
const FAST_PIECE_MS = 50;
/** Factor by which pieces grow. On any link, the system accepts the first one quickly. */
const GROWTH = 4;
const REPORT_EVERY_MS = 200;

type Sending = Extract<SendRequest, { do: 'send' }>;

/** The work of the sending worker: reads parts and puts them on the network, many at a time. */
export class Sender {
  readonly #client: PartClient;
  readonly #limiter: BandwidthLimiter;
  readonly #post: (answer: SendAnswer) => void;
  readonly #running = new Map<number, AbortController>();
  readonly #moved = new Map<number, number>();
  /** Memory blocks that no part is using; each part in flight uses one. */
  readonly #blocks: Uint8Array[] = [];
  #reportTimer: NodeJS.Timeout | null = null;

  constructor(client: PartClient, limiter: BandwidthLimiter, post: (answer: SendAnswer) => void) {
    this.#client = client;
    this.#limiter = limiter;
    this.#post = post;
  }

  take(request: Exclude<SendRequest, { do: 'trust' }>): void {
    switch (request.do) {
      case 'send':
        void this.#send(request);
        break;
      case 'abort':
        this.#running.get(request.id)?.abort();
        break;
      case 'limit':
        this.#limiter.set(request.bytesPerSecond);
        break;
      case 'reset':
        this.#client.resetConnections();
        break;
      case 'addresses-lost':
        this.#client.breakConnectionsFrom(request.addresses);
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
    // Pieces that still wait must not be read any more: the file may be closed after this.
    controller.abort();
    this.#running.delete(id);
    // A socket may still hold on to the block of an aborted part, so that one is not used again.
    if ('answer' in answer) this.#blocks.push(block);
    this.#reportMoved();
    this.#moved.delete(id);
    this.#post(answer);
  }

  async *#pieces(
    { id, fd, offsetBytes, sizeBytes }: Sending,
    block: Uint8Array,
    signal: AbortSignal,
  ): AsyncGenerator<Uint8Array> {
    let pieceBytes = SMALL_PIECE_BYTES;
    for (let sentBytes = 0; sentBytes < sizeBytes; ) {
      const maxBytes = Math.max(SMALL_PIECE_BYTES, Math.min(pieceBytes, this.#limiter.pieceBytes));
      const bytes = Math.min(Math.floor(maxBytes), sizeBytes - sentBytes);
      await this.#limiter.take(bytes);
      if (signal.aborted) return;
      // The next piece is requested when this one has left the process, so one block is enough.
      const piece = block.subarray(0, bytes);
      readFully(fd, piece, offsetBytes + sentBytes);
      const startedMs = performance.now();
      yield piece;
      const fast = performance.now() - startedMs < FAST_PIECE_MS;
      pieceBytes = fast ? Math.min(pieceBytes * GROWTH, LARGE_PIECE_BYTES) : SMALL_PIECE_BYTES;
      sentBytes += bytes;
      this.#moved.set(id, sentBytes);
      this.#reportTimer ??= setTimeout(() => this.#reportMoved(), REPORT_EVERY_MS);
    }
  }

  #reportMoved(): void {
    if (this.#reportTimer) clearTimeout(this.#reportTimer);
    this.#reportTimer = null;
    if (this.#moved.size > 0) this.#post({ moved: [...this.#moved] });
    this.#moved.clear();
  }
}

function failed(error: unknown) {
  if (error instanceof ReadError) return { fileError: error.fileError };
  if (error instanceof ServiceError) return { problem: error.problem };
  throw error;
}
