import type { DownloadView } from '../../preload/contract';

/** A download half of which has arrived, as the window shows it. */
export function sampleDownloadView(changes: Partial<DownloadView> = {}): DownloadView {
  return {
    jobId: 'r1',
    state: 'running',
    fileName: null,
    receivedBytes: 500,
    sizeBytes: 1_000,
    bytesPerSecond: null,
    sha256Hex: null,
    problem: null,
    ...changes,
  };
}
