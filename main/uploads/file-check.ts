import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { fileFailure, UploadFailure } from './failure';
import { partSizeFor } from './part-size';
import { HEAD_BYTES, videoTypeOf } from './video-type';

/** What is stored about a file when it is added. */
export interface FileFacts {
  fileName: string;
  mimeType: string;
  sizeBytes: number;
  modifiedAtMs: number;
  partSizeBytes: number;
}

/** Opening a named pipe without O_NONBLOCK would hang forever. Windows has no such flag. */
export const OPEN_FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** Time of the last change in whole milliseconds, which the database stores unchanged. */
export function modifiedAtMs(stats: { mtimeMs: number }): number {
  return Math.floor(stats.mtimeMs);
}

/**
 * Checks that a file can be uploaded: it must be a regular, readable, non-empty file within the size
 * limits, and begin like a video. Throws UploadFailure with one of the `file-…` problems.
 */
export async function checkFile(path: string): Promise<FileFacts> {
  try {
    const handle = await open(path, OPEN_FLAGS);
    try {
      const stats = await handle.stat();
      if (!stats.isFile()) throw new UploadFailure('file-not-video');
      const partSizeBytes = partSizeFor(stats.size);
      const head = Buffer.alloc(HEAD_BYTES);
      const { bytesRead } = await handle.read(head, 0, HEAD_BYTES, 0);
      const extension = extname(path).slice(1).toLowerCase();
      const mimeType = videoTypeOf(head.subarray(0, bytesRead), extension);
      if (!mimeType) throw new UploadFailure('file-not-video');
      return {
        fileName: basename(path),
        mimeType,
        sizeBytes: stats.size,
        modifiedAtMs: modifiedAtMs(stats),
        partSizeBytes,
      };
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw fileFailure(error);
  }
}
