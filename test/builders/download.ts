import type { Download } from '../../main/domain/download';
import type { DownloadView } from '../../preload/contract';

/** A download that is under way, as storage has it. */
export function sampleDownload(changes: Partial<Download> = {}): Download {
  return {
    jobId: 'r1',
    state: 'under-way',
    folder: '/downloads',
    path: null,
    sizeBytes: null,
    sha256Hex: null,
    problem: null,
    begunAtMs: 1,
    ...changes,
  };
}

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
