import { readSync } from 'node:fs';
import { ReadError } from './messages';

/**
 * Fills `target` from the file. Throws ReadError. It blocks its worker, which has nothing else to do:
 * through Node's thread pool each read would cost half as much again, and a drive that hangs would block
 * the pool.
 */
export function readFully(fd: number, target: Uint8Array, positionBytes: number): void {
  for (let at = 0; at < target.length; ) {
    let readBytes: number;
    try {
      readBytes = readSync(fd, target, at, target.length - at, positionBytes + at);
    } catch (error) {
      throw new ReadError(String((error as NodeJS.ErrnoException).code));
    }
    if (readBytes === 0) throw new ReadError(null);
    at += readBytes;
  }
}
