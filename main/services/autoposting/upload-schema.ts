import { z } from 'zod';
import { isSafeOrigin } from '../../http/tls-policy';
import { field, idOf, rowsOf, unwrapped } from '../tolerant-parsers';
import { dataOf, ids, unexpected } from './envelope';

const MAX_KEY_LENGTH = 1_024;
const MAX_PART_URL_LENGTH = 8_192;

const opaque = (max: number) => z.string().min(1).max(max);

const startedUploadSchema = z.object({
  clipId: field(idOf),
  id: field(idOf),
  uploadId: opaque(MAX_KEY_LENGTH),
  key: opaque(MAX_KEY_LENGTH),
});

/** What the service hands out for a new upload; SDK: `clipId`, `uploadId`, `key`. */
export function parseStartedUpload(body: unknown) {
  const data = unwrapped(dataOf(body), 'upload');
  const from = startedUploadSchema.safeParse(data).data ?? unexpected();
  const clipId = from.clipId ?? from.id ?? unexpected();
  return { clipId, uploadId: from.uploadId, key: from.key };
}

const importedSchema = z.object({ ...ids, clipId: field(idOf) });

/** The id of the clip that a fetched video becomes; SDK: `clipId`. A clip object is accepted too. */
export function parseImported(body: unknown): string {
  const data = dataOf(body);
  // The id may be beside the clip object, or in it.
  for (const value of [data, unwrapped(data, 'clip')]) {
    const from = importedSchema.safeParse(value).data;
    const clipId = from?.clipId ?? from?.id ?? from?._id ?? null;
    if (clipId !== null) return clipId;
  }
  return unexpected();
}

const partUrlSchema = z.object({
  partNumber: z.coerce.number().int().min(1).max(10_000),
  url: opaque(MAX_PART_URL_LENGTH).refine((url) => URL.canParse(url) && isSafeOrigin(new URL(url))),
});

/**
 * URLs for the requested parts, each exactly once and in that order; SDK: `presignedUrls`. Throws if the
 * answer leaves one out, or gives one that nothing may be sent to.
 */
export function parsePartUrls(body: unknown, partNumbers: number[]) {
  const found = rowsOf(dataOf(body), 'presignedUrls', 'urls', 'parts') ?? unexpected();
  const urls = new Map<number, string>();
  for (const row of found.rows) {
    const part = partUrlSchema.safeParse(row).data;
    if (part) urls.set(part.partNumber, part.url);
  }
  return partNumbers.map((partNumber) => ({
    partNumber,
    url: urls.get(partNumber) ?? unexpected(),
  }));
}
