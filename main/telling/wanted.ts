import type { Job, Notice } from '../domain/job';
import type { Upload } from '../domain/upload';

/** The user's choices of what to be told. */
export interface TellSettings {
  notifyDone: boolean;
  notifyFailed: boolean;
  notifyReady: boolean;
}

/** Whether the user wants to be told of this completion. */
export function isWanted(
  notice: Notice,
  job: Job,
  settings: TellSettings,
  uploads: Upload[],
): boolean {
  if (notice.outcome === 'done') {
    return job.kind === 'processing' ? settings.notifyReady : settings.notifyDone;
  }
  // A clip that ends because its upload was cancelled here is no news.
  const cancelled = uploads.some(
    (upload) =>
      upload.state === 'cancelled' &&
      upload.accountId === job.accountId &&
      upload.clipId !== null &&
      upload.clipId === job.clipId,
  );
  return settings.notifyFailed && !cancelled;
}
