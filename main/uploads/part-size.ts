import { UploadFailure } from './failure';

const KIB = 1024;
const MIB = 1024 * KIB;
const GIB = 1024 * MIB;
const TIB = 1024 * GIB;

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html
export const MIN_PART_BYTES = 5 * MIB;
export const MAX_PART_BYTES = 5 * GIB;
export const MAX_PARTS = 10_000;
/** The largest object that S3 and compatible hosts all accept. */
export const MAX_FILE_BYTES = 5 * TIB;

/**
 * With small parts, little is lost when a connection breaks, and even a short file can use several
 * connections. Large parts need fewer requests, each of which costs some work. So the part size grows
 * with the file, in steps, well before the maximum number of parts forces it to.
 */
const STEPS: { upToBytes: number; partSizeBytes: number }[] = [
  { upToBytes: 512 * MIB, partSizeBytes: MIN_PART_BYTES },
  { upToBytes: 128 * GIB, partSizeBytes: 16 * MIB },
  { upToBytes: Number.POSITIVE_INFINITY, partSizeBytes: 32 * MIB },
];

/**
 * The part size in bytes for a file of `sizeBytes`: a whole number of MiB within the limits of S3.
 * Throws UploadFailure `file-empty` or `file-too-large`.
 */
export function partSizeFor(sizeBytes: number): number {
  if (sizeBytes <= 0) throw new UploadFailure('file-empty');
  if (sizeBytes > MAX_FILE_BYTES) throw new UploadFailure('file-too-large');
  const step = STEPS.find(({ upToBytes }) => sizeBytes <= upToBytes);
  const forcedBytes = Math.ceil(sizeBytes / MAX_PARTS / MIB) * MIB;
  return Math.max(step?.partSizeBytes ?? MIN_PART_BYTES, forcedBytes);
}
