import { createHash } from 'node:crypto';
import { closeSync, ftruncateSync, mkdirSync, openSync, readSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { planParts } from '../../../main/uploads/part-plan';
import { partSizeFor } from '../../../main/uploads/part-size';

const MIB = 1024 * 1024;
/** What an MP4 begins with; the rest of the file is a hole, which reads as zeros. */
const HEAD = Buffer.from('\0\0\0\x18ftypisom', 'latin1');
const CURL_PART_BYTES = 16 * MIB;

/** A file to upload, whole and cut, and what a storage host would say of its parts. */
export interface Sample {
  filePath: string;
  partPaths: string[];
  md5Hexes: string[];
}

/**
 * Makes a sparse file of this size and the same in parts. All is read once, so that no client finds
 * less of it in the system's cache than the next.
 */
export function makeSample(folder: string, sizeBytes: number): Sample {
  mkdirSync(folder);
  const filePath = join(folder, 'video.mp4');
  makeFile(filePath, sizeBytes, HEAD);
  const partPaths = planParts(sizeBytes, CURL_PART_BYTES).map((part) => {
    const path = join(folder, `part-${part.partNumber}`);
    makeFile(path, part.sizeBytes, part.partNumber === 1 ? HEAD : Buffer.alloc(0));
    return path;
  });
  return { filePath, partPaths, md5Hexes: md5HexesOf(sizeBytes) };
}

function makeFile(path: string, sizeBytes: number, head: Buffer): void {
  const file = openSync(path, 'w+');
  ftruncateSync(file, sizeBytes);
  writeSync(file, head, 0, head.length, 0);
  const piece = Buffer.alloc(4 * MIB);
  for (let at = 0; at < sizeBytes; at += readSync(file, piece, 0, piece.length, at));
  closeSync(file);
}

/** Hex MD5 of the parts that the engine makes of such a file. */
function md5HexesOf(sizeBytes: number): string[] {
  const known = new Map<string, string>();
  return planParts(sizeBytes, partSizeFor(sizeBytes)).map((part) => {
    const head = part.partNumber === 1 ? HEAD : Buffer.alloc(0);
    const kind = `${head.length} ${part.sizeBytes}`;
    const before = known.get(kind);
    if (before !== undefined) return before;
    const zeros = Buffer.alloc(part.sizeBytes - head.length);
    const md5Hex = createHash('md5').update(head).update(zeros).digest('hex');
    known.set(kind, md5Hex);
    return md5Hex;
  });
}
