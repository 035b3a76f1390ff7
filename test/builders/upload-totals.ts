import type { UploadTotals } from '../../preload/contract';

/** One upload of 1,000 bytes on its way, with these changes. */
export function sampleTotals(changes: Partial<UploadTotals> = {}): UploadTotals {
  return {
    sending: 1,
    unfinished: 1,
    paused: 0,
    failed: 0,
    sentBytes: 0,
    sizeBytes: 1000,
    bytesPerSecond: null,
    timeLeftMs: null,
    ...changes,
  };
}
