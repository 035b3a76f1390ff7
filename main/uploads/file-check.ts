import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import type { UploadProblem } from '../domain/upload';
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

const REFUSED = { 'not-video': 'file-not-video', 'not-taken': 'file-kind-not-taken' } as const;

/** Of all problems, those of a file that is simply no video. */
export const NO_VIDEO: UploadProblem[] = ['file-not-video', 'file-empty'];

/** Time of the last change in whole milliseconds, which the database stores unchanged. */
export function modifiedAtMs(stats: { mtimeMs: number }): number {
  return Math.floor(stats.mtimeMs);
}

/**
 * Checks that a file can be uploaded: it must be a regular, readable, non-empty file within the size
 * limits, and begin like a video. Throws UploadFailure with one of the `file-…` problems. A path of bytes
 * is for a file whose name is not text.
 */
export async function checkFile(path: string | Buffer): Promise<FileFacts> {
  const text = path.toString();
  try {
    const handle = await open(path, OPEN_FLAGS);
    try {
      const stats = await handle.stat();
      if (!stats.isFile()) throw new UploadFailure('file-not-video');
      const partSizeBytes = partSizeFor(stats.size);
      const head = Buffer.alloc(HEAD_BYTES);
      const { bytesRead } = await handle.read(head, 0, HEAD_BYTES, 0);
      const extension = extname(text).slice(1).toLowerCase();
      const type = videoTypeOf(head.subarray(0, bytesRead), extension);
      if (typeof type === 'string') throw new UploadFailure(REFUSED[type]);
      return {
        fileName: basename(text),
        mimeType: type.mimeType,
        sizeBytes: stats.size,
        modifiedAtMs: modifiedAtMs(stats),
        partSizeBytes,
      };
    } finally {
      await handle.close();
    }
  } catch (error) {
    const failure = fileFailure(error);
    throw failure.problem === 'file-missing' && !isWholeName(text)
      ? new UploadFailure('file-name-unreadable')
      : failure;
  }
}

/**
 * Whether the path can be the one that the system has. On Linux names are bytes, and what is not UTF-8
 * arrives with U+FFFD in its place, from a drop as from the command line: no file is found by that path.
 */
function isWholeName(path: string): boolean {
  return !/[\ufffd\p{Surrogate}]/u.test(path);
}
