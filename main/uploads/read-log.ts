import type { PartFacts, Upload, UploadEvent, UploadLog } from '../domain/upload';
import { formatUploadLog } from './log-text';
import { countParts } from './part-plan';

interface UploadLogStore {
  get(uploadId: string): Upload | null;
  events(uploadId: string): { atMs: number; event: UploadEvent }[];
  partRecords(uploadId: string): ({ partNumber: number; sizeBytes: number } & PartFacts)[];
}

/** The log of an upload; null if the upload is no longer known. */
export function readUploadLog(store: UploadLogStore, uploadId: string): UploadLog | null {
  const upload = store.get(uploadId);
  if (!upload) return null;
  const { fileName, sizeBytes, partSizeBytes, sha256Hex } = upload;
  return {
    ...{ fileName, sizeBytes, partSizeBytes, sha256Hex },
    partCount: countParts(sizeBytes, partSizeBytes),
    events: store.events(uploadId),
    parts: store.partRecords(uploadId),
  };
}

/** The same as a text file, with its proposed name. */
export function uploadLogFile(
  store: UploadLogStore,
  uploadId: string,
): { fileName: string; text: string } | null {
  const log = readUploadLog(store, uploadId);
  return log && { fileName: `Upload log of ${log.fileName}.txt`, text: formatUploadLog(log) };
}
