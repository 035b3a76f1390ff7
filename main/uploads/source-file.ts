import { type FileHandle, open } from 'node:fs/promises';
import type { Upload } from '../domain/upload';
import { fileFailure, UploadFailure } from './failure';
import { modifiedAtMs, OPEN_FLAGS } from './file-check';

/** What tells whether a file is still the same, as it was when the file was added. */
type Expected = Pick<Upload, 'sizeBytes' | 'modifiedAtMs'>;

/** An open file that is known to be the one that was added. */
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

  /** The descriptor by which the workers read. To be used only before `close`. */
  get fd(): number {
    return this.#handle.fd;
  }

  /** Throws UploadFailure `file-changed` when the size or the time of the last change differs. */
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
