import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import type { Upload } from '../domain/upload';
import type { BlockPool } from './block-pool';
import { fileFailure, UploadFailure } from './failure';
import { modifiedAtMs, OPEN_FLAGS } from './file-check';
import type { PlannedPart } from './part-plan';

/**
 * Read buffers that one part in flight uses: one is being filled, one is being sent, and one rests,
 * since a stream between here and the socket pulls ahead of what it has written.
 */
export const BLOCKS_PER_PART = 3;

/**
 * Slices are smaller than blocks because a slice is the finest progress that can be seen: on a bad
 * link 64 KiB in 30 s is still alive. They are not smaller still because streams hold back as many
 * slices as fit below their high-water mark (16 or 64 KiB, by Node version).
 */
const SLICE_BYTES = 64 * 1024;

/** What identifies the content of a file, as recorded when it was added. */
type Expected = Pick<Upload, 'sizeBytes' | 'modifiedAtMs'>;

/** An open file that is known to be the one that was added. */
export class SourceFile {
  readonly #handle: FileHandle;
  readonly #expected: Expected;
  readonly #pool: BlockPool;

  private constructor(handle: FileHandle, expected: Expected, pool: BlockPool) {
    this.#handle = handle;
    this.#expected = expected;
    this.#pool = pool;
  }

  /** Throws UploadFailure: `file-missing`, `file-unreadable` or `file-changed`. */
  static async open(path: string, expected: Expected, pool: BlockPool): Promise<SourceFile> {
    try {
      const handle = await open(path, OPEN_FLAGS);
      const file = new SourceFile(handle, expected, pool);
      try {
        await file.verify();
      } catch (error) {
        await handle.close();
        throw error;
      }
      return file;
    } catch (error) {
      throw fileFailure(error);
    }
  }

  /** Throws UploadFailure `file-changed` when size or time of change are not the recorded ones. */
  async verify(): Promise<void> {
    const stats = await this.#handle.stat().catch((error: unknown) => {
      throw fileFailure(error);
    });
    const same =
      stats.isFile() &&
      stats.size === this.#expected.sizeBytes &&
      modifiedAtMs(stats) === this.#expected.modifiedAtMs;
    if (!same) throw new UploadFailure('file-changed');
  }

  /** The bytes of one part, read while they are sent. The caller closes it. */
  part(part: PlannedPart): PartBody {
    return new PartBody(this.#handle, part, this.#pool);
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }
}

/**
 * One part of a file as a stream of slices out of a few buffers, filled in turn. Parts are not read in whole, because then memory would be parts in flight times part
 * size, which for a file of a terabyte is gigabytes; and because hashing a whole part at once
 * would hold up the event loop. The price is that the MD5 is known only when the part has left,
 * so it is compared with the ETag and not sent ahead as Content-MD5. (Whether a presigned URL of
 * this service allows that header is not known either; one that it does not allow is a 403.)
 */
export class PartBody implements AsyncIterable<Uint8Array> {
  readonly #handle: FileHandle;
  readonly #part: PlannedPart;
  readonly #pool: BlockPool;
  readonly #hash = createHash('md5');
  readonly #blocks: Buffer[] = [];
  #reading: Promise<unknown> = Promise.resolve();
  #takenBytes = 0;
  #movedBytes = 0;
  #closed = false;
  #failure: UploadFailure | null = null;

  constructor(handle: FileHandle, part: PlannedPart, pool: BlockPool) {
    this.#handle = handle;
    this.#part = part;
    this.#pool = pool;
    for (let count = 0; count < BLOCKS_PER_PART; count += 1) this.#blocks.push(pool.take());
  }

  /** Bytes that have left for the network, as far as the sender has told by asking for more. */
  get movedBytes(): number {
    return this.#movedBytes;
  }

  /** Whether the sender has taken the whole part. */
  get finished(): boolean {
    return this.#takenBytes === this.#part.sizeBytes;
  }

  /** Why reading broke off, since a sender can only report that its body did. */
  get failure(): UploadFailure | null {
    return this.#failure;
  }

  /** Lower-case hex MD5 of the part. To be asked once, after it was taken whole. */
  md5Hex(): string {
    return this.#hash.digest('hex');
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    const { sizeBytes } = this.#part;
    let turn = 0;
    let readBytes = 0;
    const ahead = (): Promise<Buffer> => {
      const filled = this.#fill(this.#blocks[turn] as Buffer, readBytes);
      turn = (turn + 1) % this.#blocks.length;
      readBytes += this.#pool.blockBytes;
      filled.catch(() => undefined);
      this.#reading = filled;
      return filled;
    };
    let next: Promise<Buffer> | null = ahead();
    while (next && !this.#closed) {
      const block: Buffer = await next;
      // The buffer that is filled now was taken whole one whole buffer ago.
      next = readBytes < sizeBytes ? ahead() : null;
      this.#hash.update(block);
      for (let start = 0; start < block.length && !this.#closed; start += SLICE_BYTES) {
        const slice = block.subarray(start, start + SLICE_BYTES);
        this.#takenBytes += slice.length;
        yield slice;
        this.#movedBytes += slice.length;
      }
    }
  }

  async #fill(block: Buffer, offsetInPart: number): Promise<Buffer> {
    const { offsetBytes, sizeBytes } = this.#part;
    const wantedBytes = Math.min(block.length, sizeBytes - offsetInPart);
    let filledBytes = 0;
    try {
      while (filledBytes < wantedBytes) {
        const { bytesRead } = await this.#handle.read(
          block,
          filledBytes,
          wantedBytes - filledBytes,
          offsetBytes + offsetInPart + filledBytes,
        );
        if (bytesRead === 0) throw new UploadFailure('file-changed');
        filledBytes += bytesRead;
      }
    } catch (error) {
      this.#failure = fileFailure(error);
      throw this.#failure;
    }
    return block.subarray(0, wantedBytes);
  }

  /**
   * Gives the buffers back. Only after the answer has come or the connection is dead: the last
   * slice may wait in the socket although nothing more was asked for.
   */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#reading.catch(() => undefined);
    for (const block of this.#blocks.splice(0)) this.#pool.give(block);
  }
}
