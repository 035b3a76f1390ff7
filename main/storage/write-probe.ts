import { closeSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { problemOfCode, type StorageProblem } from '../domain/storage-error';

/** More than SQLite asks for in one piece: the memory that it shares with other processes. */
const PROBE_BYTES = 64 * 1024;

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

/** Throws the system's error if the file cannot be made, or not be written. */
function writeProbe(probe: string, atByte: number): void {
  const fd = openSync(probe, 'w', 0o600);
  try {
    const bytes = Buffer.alloc(PROBE_BYTES, 1);
    for (let written = 0; written < PROBE_BYTES; )
      written += writeSync(fd, bytes, written, PROBE_BYTES - written, atByte + written);
  } finally {
    closeSync(fd);
    rmSync(probe, { force: true });
  }
}

/**
 * Why nothing can be written in the folder of `file`, found out by writing; null if it can be. SQLite
 * does not say: a full disk, a quota and a read-only folder may all be a "disk I/O error" or an "unable
 * to open database file", depending on what it was doing. https://sqlite.org/rescode.html#ioerr
 */
export function writeProblem(file: string): StorageProblem | null {
  try {
    // Behind the end of the largest file: a process may also be limited in the size of its files.
    const endBytes = Math.max(sizeOf(file), sizeOf(`${file}-wal`));
    writeProbe(`${file}-probe`, endBytes);
    return null;
  } catch (error) {
    return problemOfCode((error as NodeJS.ErrnoException).code);
  }
}
