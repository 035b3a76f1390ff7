import { readSync } from 'node:fs';
import { ReadError } from './messages';

/**
 * Fills `target` from the file. Throws ReadError. It blocks its thread, which has nothing better to
 * do: a read through Node's pool costs half as much again as the read itself, and a drive that
 * hangs would block the pool.
 */
export function readWhole(fd: number, target: Uint8Array, positionBytes: number): void {
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
