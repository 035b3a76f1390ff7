import type { SentPart } from '../domain/upload';
import { UploadFailure } from './failure';

const KIB = 1024;
const MIB = 1024 * KIB;
const GIB = 1024 * MIB;
const TIB = 1024 * GIB;

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html
export const MIN_PART_BYTES = 5 * MIB;
export const MAX_PART_BYTES = 5 * GIB;
export const MAX_PARTS = 10_000;
/** The largest object that both S3 and its relatives take. */
export const MAX_FILE_BYTES = 5 * TIB;

/**
 * Small parts lose little when one breaks off, and let a short file use several connections; large
 * ones cost fewer requests, each of which keeps the app busy for a while. So parts grow with the
 * file, in steps, well before the count forces it.
 */
const STEPS: { upToBytes: number; partSizeBytes: number }[] = [
  { upToBytes: 512 * MIB, partSizeBytes: MIN_PART_BYTES },
  { upToBytes: 128 * GIB, partSizeBytes: 16 * MIB },
  { upToBytes: Number.POSITIVE_INFINITY, partSizeBytes: 32 * MIB },
];

/**
 * Part size in bytes for a file of this size: a whole number of MiB that keeps to the S3 limits.
 * Throws UploadFailure `file-empty` or `file-too-large`.
 */
export function partSizeFor(sizeBytes: number): number {
  if (sizeBytes <= 0) throw new UploadFailure('file-empty');
  if (sizeBytes > MAX_FILE_BYTES) throw new UploadFailure('file-too-large');
  const step = STEPS.find(({ upToBytes }) => sizeBytes <= upToBytes);
  const forcedBytes = Math.ceil(sizeBytes / MAX_PARTS / MIB) * MIB;
  return Math.max(step?.partSizeBytes ?? MIN_PART_BYTES, forcedBytes);
}

/** One part of a file: which bytes it holds. */
export interface PlannedPart {
  partNumber: number;
  offsetBytes: number;
  sizeBytes: number;
}

/** How many parts a file has. */
export function countParts(sizeBytes: number, partSizeBytes: number): number {
  return Math.ceil(sizeBytes / partSizeBytes);
}

/** All parts of a file, numbered from 1; only the last may be shorter than the part size. */
export function planParts(sizeBytes: number, partSizeBytes: number): PlannedPart[] {
  const parts: PlannedPart[] = [];
  for (let offsetBytes = 0; offsetBytes < sizeBytes; offsetBytes += partSizeBytes) {
    parts.push({
      partNumber: parts.length + 1,
      offsetBytes,
      sizeBytes: Math.min(partSizeBytes, sizeBytes - offsetBytes),
    });
  }
  return parts;
}

/**
 * Planned parts that are not among the sent ones. A sent part of another length than planned is
 * not believed: it goes up again.
 */
export function missingParts(plan: PlannedPart[], sent: SentPart[]): PlannedPart[] {
  const sizes = new Map(sent.map((part) => [part.partNumber, part.sizeBytes]));
  return plan.filter((part) => sizes.get(part.partNumber) !== part.sizeBytes);
}
