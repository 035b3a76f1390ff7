import { createHash } from 'node:crypto';
import { createReadStream, mkdirSync, rmSync } from 'node:fs';
import { type FileHandle, open, rm } from 'node:fs/promises';
import path from 'node:path';
import { makeTemporaryFolder } from '../../../scripts/lib/temporary-folder.mjs';
import type { World } from '../world';

const minPartBytes = 5 * 1024 * 1024;
export const maxPartBytes = 5 * 1024 * 1024 * 1024;
export const maxPartNumber = 10_000;

export interface StoredPart {
  partNumber: number;
  sizeBytes: number;
  md5Hex: string;
  /** null when no bytes are kept */
  file: string | null;
}

/** How often one part came in; this shows an upload engine that forgets what it has sent. */
export interface PartHistory {
  partNumber: number;
  /** requests that began to send this part */
  begun: number;
  /** complete bodies stored */
  stored: number;
  /** answers with the ETag that were handed to the network whole */
  answered: number;
  /** requests that began after the ETag had been handed over */
  begunAfterAnswered: number;
}

export interface MultipartUpload {
  uploadId: string;
  key: string;
  clipId: string;
  accountId: string;
  declaredBytes: number;
  createdAtMs: number;
  state: 'open' | 'completed' | 'aborted';
  parts: Map<number, StoredPart>;
  history: Map<number, PartHistory>;
  /** the parts of the finished object, in order */
  object: StoredPart[] | null;
  sha256: string | null;
}

export interface CompletionProblem {
  code: 'NoSuchUpload' | 'InvalidPart' | 'InvalidPartOrder' | 'EntityTooSmall' | 'MalformedParts';
  message: string;
}

/** Multipart uploads by the rules of S3. Parts lie on disk, never in memory. */
export class ObjectStore {
  readonly #world: World;
  readonly #uploads = new Map<string, MultipartUpload>();
  #folder: string | null = null;
  #nextFile = 1;

  constructor(world: World) {
    this.#world = world;
  }

  create(upload: {
    key: string;
    clipId: string;
    accountId: string;
    declaredBytes: number;
  }): MultipartUpload {
    const created: MultipartUpload = {
      ...upload,
      uploadId: this.#world.newText(64),
      createdAtMs: this.#world.clock.now(),
      state: 'open',
      parts: new Map(),
      history: new Map(),
      object: null,
      sha256: null,
    };
    this.#uploads.set(created.uploadId, created);
    return created;
  }

  find(uploadId: string): MultipartUpload | null {
    return this.#uploads.get(uploadId) ?? null;
  }

  list(): MultipartUpload[] {
    return [...this.#uploads.values()];
  }

  historyOf(upload: MultipartUpload, partNumber: number): PartHistory {
    let history = upload.history.get(partNumber);
    if (!history) {
      history = { partNumber, begun: 0, stored: 0, answered: 0, begunAfterAnswered: 0 };
      upload.history.set(partNumber, history);
    }
    return history;
  }

  /** Stores a part from its stream; a second one with the same number replaces the first. */
  async putPart(
    upload: MultipartUpload,
    partNumber: number,
    expectedBytes: number,
    body: AsyncIterable<Buffer>,
    accept: (md5: Buffer) => boolean,
  ): Promise<StoredPart | 'incomplete' | 'bad digest' | 'no upload'> {
    const hash = createHash('md5');
    const file = this.#world.config.storageKeepsBytes ? this.#newFile() : null;
    let handle: FileHandle | null = null;
    let sizeBytes = 0;
    let kept = false;
    try {
      if (file) handle = await open(file, 'w');
      for await (const chunk of body) {
        hash.update(chunk);
        sizeBytes += chunk.length;
        if (handle) await handle.write(chunk);
      }
      const md5 = hash.digest();
      if (sizeBytes !== expectedBytes) return 'incomplete';
      if (!accept(md5)) return 'bad digest';
      if (upload.state !== 'open') return 'no upload';
      const before = upload.parts.get(partNumber);
      const part: StoredPart = { partNumber, sizeBytes, md5Hex: md5.toString('hex'), file };
      upload.parts.set(partNumber, part);
      this.historyOf(upload, partNumber).stored += 1;
      if (before?.file) await rm(before.file, { force: true });
      kept = true;
      return part;
    } finally {
      await handle?.close();
      if (file && !kept) await rm(file, { force: true });
    }
  }

  /** Checks the list of parts and assembles the object; null when all is well. */
  complete(
    upload: MultipartUpload,
    parts: { partNumber: number; etag: string }[],
  ): CompletionProblem | null {
    if (upload.state !== 'open') return noSuchUpload;
    if (parts.length === 0 || parts.length > maxPartNumber) {
      return { code: 'MalformedParts', message: 'The list must name 1 to 10,000 parts.' };
    }
    let previous = 0;
    const object: StoredPart[] = [];
    for (const { partNumber, etag } of parts) {
      if (partNumber <= previous) {
        return { code: 'InvalidPartOrder', message: 'Parts must be listed in ascending order.' };
      }
      previous = partNumber;
      const stored = upload.parts.get(partNumber);
      // The quotes belong to the ETag, but S3 accepts it without them as well.
      if (!stored || etag.replace(/^"|"$/g, '') !== stored.md5Hex) {
        return {
          code: 'InvalidPart',
          message: `Part ${partNumber} was not received, or its ETag is another.`,
        };
      }
      object.push(stored);
    }
    const small = object.slice(0, -1).find((part) => part.sizeBytes < minPartBytes);
    if (small) {
      return {
        code: 'EntityTooSmall',
        message: `Part ${small.partNumber} has ${small.sizeBytes} bytes; only the last may have less than ${minPartBytes}.`,
      };
    }
    upload.state = 'completed';
    upload.object = object;
    const used = new Set(object);
    for (const part of upload.parts.values()) if (!used.has(part)) this.#drop(part);
    return null;
  }

  /** Discards the parts; false when no upload is open under this id. */
  abort(upload: MultipartUpload): boolean {
    if (upload.state !== 'open') return false;
    upload.state = 'aborted';
    for (const part of upload.parts.values()) this.#drop(part);
    upload.parts.clear();
    return true;
  }

  /** SHA-256 of the assembled object, read from disk on the first call; null where none is kept. */
  async sha256(upload: MultipartUpload): Promise<string | null> {
    if (upload.sha256 || !upload.object) return upload.sha256;
    const hash = createHash('sha256');
    for await (const chunk of this.read(upload)) hash.update(chunk);
    upload.sha256 = upload.object.every((part) => part.file) ? hash.digest('hex') : null;
    return upload.sha256;
  }

  /** The bytes of an object from one offset up to and including another. */
  async *read(
    upload: MultipartUpload,
    fromByte = 0,
    toByte = Number.POSITIVE_INFINITY,
  ): AsyncGenerator<Buffer> {
    let offset = 0;
    for (const part of upload.object ?? []) {
      const start = Math.max(0, fromByte - offset);
      const end = Math.min(part.sizeBytes - 1, toByte - offset);
      offset += part.sizeBytes;
      if (!part.file || start > end) continue;
      yield* createReadStream(part.file, { start, end }) as AsyncIterable<Buffer>;
    }
  }

  /** Forgets every upload and object. */
  clear(): void {
    this.#uploads.clear();
    this.removeFolder();
  }

  /** Removes everything from the disk; also called at the end of the process. */
  removeFolder(): void {
    if (this.#folder) rmSync(this.#folder, { recursive: true, force: true });
    this.#folder = null;
  }

  #drop(part: StoredPart): void {
    if (part.file) rmSync(part.file, { force: true });
  }

  #newFile(): string {
    this.#folder ??= makeTemporaryFolder();
    mkdirSync(this.#folder, { recursive: true });
    return path.join(this.#folder, `part-${this.#nextFile++}`);
  }
}

export const noSuchUpload: CompletionProblem = {
  code: 'NoSuchUpload',
  message: 'No upload is open under this id; it may have been completed or aborted.',
};
