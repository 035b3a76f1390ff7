import type { PartFacts, Upload } from '../domain/upload';
import { throwIfStopped } from './failure';
import { PartDigests } from './part-digests';
import { planParts } from './part-plan';
import type { SourceFile } from './source-file';
import type { PartWorkers } from './workers/part-workers';

/** A part that was sent, with the MD5 of the bytes that the file had then. */
export type PartRecord = { partNumber: number; sizeBytes: number } & Pick<PartFacts, 'md5Hex'>;

/**
 * Numbers of the sent parts that the file still has, byte for byte. A time proves nothing: FAT moves it
 * by an hour with the summer time, and network drives by a fraction of a second. Throws UploadFailure if
 * the file cannot be read, Stopped on a stop.
 */
export async function equalParts(
  { partSizeBytes }: Pick<Upload, 'partSizeBytes'>,
  records: PartRecord[],
  file: SourceFile,
  workers: Pick<PartWorkers, 'md5'>,
  stop: AbortSignal,
): Promise<Set<number>> {
  const { size } = await file.stats();
  const sent = new Map(records.map((record) => [record.partNumber, record]));
  // What was the last part may be followed by more now: only the bytes that were sent are compared.
  const plan = planParts(size, partSizeBytes).flatMap((part) => {
    const record = sent.get(part.partNumber);
    const isThere = record !== undefined && record.sizeBytes <= part.sizeBytes;
    return isThere ? [{ ...part, sizeBytes: record.sizeBytes }] : [];
  });
  const equal = new Set<number>();
  const digests = new PartDigests(plan, file, workers, stop);
  try {
    for (let next = digests.next(); next; next = digests.next()) {
      throwIfStopped(stop);
      const { partNumber } = next.part;
      if ((await next.md5Hex) === sent.get(partNumber)?.md5Hex) equal.add(partNumber);
    }
  } finally {
    // The file must not be closed while something still reads it.
    await digests.settled();
  }
  return equal;
}
