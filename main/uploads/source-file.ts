import { type FileHandle, open } from 'node:fs/promises';
import type { Upload } from '../domain/upload';
import { fileFailure, UploadFailure } from './failure';
import { modifiedAtMs, OPEN_FLAGS } from './file-check';

/** The size and time of a file when it was added, which show whether it is still the same. */
type Expected = Pick<Upload, 'sizeBytes' | 'modifiedAtMs'>;

/** An open file, verified to be the one that was added. */
export class SourceFile {
  readonly #handle: FileHandle;
  readonly #expected: Expected;

  private constructor(handle: FileHandle, expected: Expected) {
    this.#handle = handle;
    this.#expected = expected;
  }

  /** Throws UploadFailure: `file-missing`, `file-unreadable` or `file-changed`. */
  static async open(path: string, expected: Expected): Promise<SourceFile> {
    try {
      const handle = await open(path, OPEN_FLAGS);
      const file = new SourceFile(handle, expected);
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

  /** The descriptor through which the workers read. Must not be used after `close`. */
  get fd(): number {
    return this.#handle.fd;
  }

  /** Throws UploadFailure `file-changed` if the size or the time of the last change differs. */
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

  async close(): Promise<void> {
    await this.#handle.close();
  }
}
