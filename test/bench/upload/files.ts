import { createHash } from 'node:crypto';
import { closeSync, ftruncateSync, mkdirSync, openSync, readSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { planParts } from '../../../main/uploads/part-plan';
import { partSizeFor } from '../../../main/uploads/part-size';
import { makeQuiet } from '../../builders/quiet-file';

const MIB = 1024 * 1024;
/** The first bytes of an MP4; the rest of the file is a hole, which reads as zeros. */
const HEAD = Buffer.from('\0\0\0\x18ftypisom', 'latin1');
const CURL_PART_BYTES = 16 * MIB;

/** A file to upload, whole and in parts, and what a storage host would answer for its parts. */
export interface Sample {
  filePath: string;
  partPaths: string[];
  md5Hexes: string[];
}

/**
 * Makes a sparse file of this size, whole and in parts. Everything is read once, so that each
 * client finds the same in the system's cache.
 */
export function makeSample(folder: string, sizeBytes: number): Sample {
  mkdirSync(folder);
  const filePath = join(folder, 'video.mp4');
  makeFile(filePath, sizeBytes, HEAD);
  makeQuiet(filePath);
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
