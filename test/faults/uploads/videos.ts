import { createHash, randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeQuiet } from '../../builders/quiet-file';

export const MIB = 1024 * 1024;
/** The engine's part size for files of this size. */
export const PART_BYTES = 5 * MIB;

export interface Video {
  path: string;
  fileName: string;
  sizeBytes: number;
  parts: number;
  sha256Hex: string;
}

/** Less than one part, exactly whole parts, a last part of one byte, and an odd size of many parts. */
const SIZES = {
  short: 3 * MIB + 17,
  even: 2 * PART_BYTES,
  middle: 2 * PART_BYTES + 1,
  long: 23 * MIB + 4_099,
};

export type VideoSize = keyof typeof SIZES;

/** Files that begin like an MP4 and continue with random bytes; each is made once and then only read. */
export class Videos {
  readonly #folder: string;
  readonly #made = new Map<string, Video>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** A file of this size that is not one of the given ones. */
  another(size: VideoSize, except: Video[]): Video {
    for (let copy = 0; ; copy += 1) {
      const name = `${size}-${copy}`;
      const video = this.#made.get(name) ?? makeVideo(this.#folder, name, SIZES[size]);
      this.#made.set(name, video);
      if (!except.includes(video)) return video;
    }
  }
}

function makeVideo(folder: string, name: string, sizeBytes: number): Video {
  const bytes = randomBytes(sizeBytes);
  bytes.writeUInt32BE(24);
  bytes.write('ftypisom', 4, 'latin1');
  const fileName = `${name}.mp4`;
  const path = join(folder, fileName);
  writeFileSync(path, bytes);
  makeQuiet(path);
  return {
    path,
    fileName,
    sizeBytes,
    parts: Math.ceil(sizeBytes / PART_BYTES),
    sha256Hex: createHash('sha256').update(bytes).digest('hex'),
  };
}
