import { clipLine, executionLine, NO_STANDING, type UploadStanding } from './build-clip-line';
import type { ClipLine, LikelyEnds } from './clip-line';
import type { Job } from './job';
import { isUnfinished, type Upload, type UploadProgress } from './upload';

/** The upload and jobs of one clip. */
interface Group {
  upload: Upload | null;
  processing: Job | null;
  renders: Job[];
}

/** Active lines first, then the latest change. */
function byDisplayOrder(a: ClipLine, b: ClipLine): number {
  return (
    Number(b.active) - Number(a.active) || b.changedAtMs - a.changedAtMs || (a.id < b.id ? -1 : 1)
  );
}

/**
 * Joins uploads and jobs into lines, in display order. `uploads` are in the order of the queue,
 * `progress` is by upload id.
 */
export function joinLines(
  jobs: Job[],
  uploads: Upload[],
  progress: ReadonlyMap<string, UploadProgress>,
  likelyEnds: LikelyEnds,
): ClipLine[] {
  const lines: ClipLine[] = [];
  const groups = new Map<string, Group>();
  const group = (accountId: string, clipId: string): Group => {
    const key = `${accountId}/${clipId}`;
    const found = groups.get(key) ?? { upload: null, processing: null, renders: [] };
    groups.set(key, found);
    return found;
  };
  const standings = new Map<string, UploadStanding>();
  let unfinished = 0;
  for (const upload of uploads) {
    const queuePosition = isUnfinished(upload.state) ? unfinished++ : null;
    standings.set(upload.id, { progress: progress.get(upload.id), queuePosition });
  }
  for (const upload of uploads) {
    if (upload.clipId) group(upload.accountId, upload.clipId).upload = upload;
    else {
      const line = clipLine(upload, standings.get(upload.id) ?? NO_STANDING, null, [], likelyEnds);
      if (line) lines.push(line);
    }
  }
  for (const job of jobs) {
    if (job.kind === 'execution') lines.push(executionLine(job, likelyEnds));
    else if (job.kind === 'processing') group(job.accountId, job.remoteId).processing = job;
    else group(job.accountId, job.clipId ?? job.remoteId).renders.push(job);
  }
  for (const { upload, processing, renders } of groups.values()) {
    const standing = (upload && standings.get(upload.id)) ?? NO_STANDING;
    const line = clipLine(upload, standing, processing, renders, likelyEnds);
    if (line) lines.push(line);
  }
  return lines.sort(byDisplayOrder);
}
