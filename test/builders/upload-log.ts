import type { UploadLog } from '../../main/domain/upload';

/** The log of an upload of two parts, of which one has arrived. */
export function sampleUploadLog(changes: Partial<UploadLog> = {}): UploadLog {
  return {
    fileName: 'podcast.mp4',
    sizeBytes: 2_000,
    partSizeBytes: 1_000,
    partCount: 2,
    sha256Hex: null,
    events: [{ atMs: 1, event: { kind: 'added' } }],
    parts: [{ partNumber: 1, sizeBytes: 1_000, sentAtMs: 5, tookMs: 40, tries: 1, md5Hex: 'ab' }],
    ...changes,
  };
}
