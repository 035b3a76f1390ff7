import type { SentPart } from '../domain/upload';

/** One part of a file, and which bytes it contains. */
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
 * The planned parts that are still to be sent. A stored part with another length than planned is not
 * trusted: it is sent again.
 */
export function missingParts(plan: PlannedPart[], sent: SentPart[]): PlannedPart[] {
  const sizes = new Map(sent.map((part) => [part.partNumber, part.sizeBytes]));
  return plan.filter((part) => sizes.get(part.partNumber) !== part.sizeBytes);
}

export function totalBytes(parts: PlannedPart[]): number {
  return parts.reduce((sum, part) => sum + part.sizeBytes, 0);
}
