import type { Upload } from '../../main/domain/upload';

/** An upload as it is when it was just added, except for what a test says. */
export function sampleUpload(changes: Partial<Upload> = {}): Upload {
  return {
    id: 'u1',
    accountId: 'a1',
    brandId: 'b1',
    path: '/videos/one.mp4',
    fileName: 'one.mp4',
    mimeType: 'video/mp4',
    sizeBytes: 9_000_000_000,
    modifiedAtMs: 1_800_000_000_000,
    partSizeBytes: 5 * 1024 * 1024,
    remote: null,
    clipId: null,
    state: 'queued',
    problem: null,
    remoteText: null,
    addedAtMs: 7,
    endedAtMs: null,
    restsSinceMs: null,
    sha256Hex: null,
    ...changes,
  };
}
