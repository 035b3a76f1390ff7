import { basename } from 'node:path';
import type { DownloadView } from '../../preload/contract';
import type { Download, DownloadActivity } from '../domain/download';

/**
 * What windows show of a download: what is stored of it, and while it is under way also what is
 * happening to it. Null when nothing is stored, as after it was cancelled.
 */
export function downloadView(
  download: Download | null,
  activity: DownloadActivity | null,
): DownloadView | null {
  if (download === null) return null;
  const { jobId, state, path, sizeBytes, sha256Hex, problem } = download;
  const stored = {
    jobId,
    fileName: path === null ? null : basename(path),
    receivedBytes: state === 'done' ? (sizeBytes ?? 0) : 0,
    sizeBytes,
    bytesPerSecond: null,
    sha256Hex,
    problem,
  };
  // Activity that is still reported after the end says nothing about how it ended.
  if (state !== 'under-way') return { ...stored, state };
  return { ...stored, state: 'paused', ...activity };
}
