import { basename } from 'node:path';
import type { DownloadView } from '../../preload/contract';
import type { Download, DownloadActivity } from '../domain/download';

/**
 * A download as windows show it: what is stored, and while it is under way its current activity too.
 * Null when nothing is stored, as after a cancel.
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
  // Activity that is reported after the end says nothing about how the download ended.
  if (state !== 'under-way') return { ...stored, state };
  return { ...stored, state: 'paused', ...activity };
}
