import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** The uploader's wall clock, as the test moves it: see movable-clock.ts. */
export class ClockFile {
  readonly path: string;

  constructor(folder: string) {
    this.path = join(folder, 'clock');
    writeFileSync(this.path, bytesOf(0));
  }

  /** Puts the clock so many milliseconds ahead of the true time; negative: behind. */
  put(offMs: number): void {
    // Overwritten in place: the reader must never find an empty file.
    const file = openSync(this.path, 'r+');
    writeSync(file, bytesOf(offMs), 0, 8, 0);
    closeSync(file);
  }
}

function bytesOf(offMs: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64LE(BigInt(offMs));
  return bytes;
}
