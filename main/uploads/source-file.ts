import type { Stats } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import type { Upload } from '../domain/upload';
import { fileFailure, UploadFailure } from './failure';
import { modifiedAtMs, OPEN_FLAGS } from './file-check';

/** What is stored of a file, and shows whether it is still the same. */
type Stamp = Pick<Upload, 'sizeBytes' | 'modifiedAtMs'>;

/** An open regular file. */
export class SourceFile {
  readonly #handle: FileHandle;
  #sent: Stamp | null = null;

  private constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  /** Throws UploadFailure: `file-missing`, `file-unreadable`, or `file-changed` if it is no file any more. */
  static async open(path: string): Promise<SourceFile> {
    try {
      const handle = await open(path, OPEN_FLAGS);
      if ((await handle.stat()).isFile()) return new SourceFile(handle);
      await handle.close();
      throw new UploadFailure('file-changed');
    } catch (error) {
      throw fileFailure(error);
    }
  }

  /** The descriptor through which the workers read. Must not be used after `close`. */
  get fd(): number {
    return this.#handle.fd;
  }

  /** Size and time at the moment. Throws UploadFailure. */
  async stats(): Promise<Stats> {
    return this.#handle.stat().catch((error: unknown) => {
      throw fileFailure(error);
    });
  }

  /** What `verify` compares with from now on: the file as it is being sent. */
  expect(sent: Stamp): void {
    this.#sent = sent;
  }

  /**
   * Throws UploadFailure `file-being-written` if the file is no longer as expected: somebody writes it
   * while it is being sent.
   */
  async verify(): Promise<void> {
    if (this.#sent && !(await this.is(this.#sent))) throw new UploadFailure('file-being-written');
  }

  /** Whether size and time of the last change are those that are stored. */
  async is(stored: Stamp): Promise<boolean> {
    return hasStamp(await this.stats(), stored);
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }
}

/** Whether these are the size and the time that are stored. */
export function hasStamp(stats: { size: number; mtimeMs: number }, stored: Stamp): boolean {
  return stats.size === stored.sizeBytes && modifiedAtMs(stats) === stored.modifiedAtMs;
}
