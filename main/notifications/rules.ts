import type { Account } from '../domain/account';
import type { Job, JobNotification } from '../domain/job';
import type { Upload } from '../domain/upload';

/** Whether the account's rules ask for a notification of this end of a job. */
export function wantsJobNotification(
  { outcome }: Pick<JobNotification, 'outcome'>,
  job: Job,
  account: Pick<Account, 'notificationRules'>,
  uploads: () => Upload[],
): boolean {
  const choice = account.notificationRules.kinds[job.kind];
  if (outcome === 'done') return choice === 'all';
  if (choice === 'nothing') return false;
  // If the user cancelled the upload here, the end of its clip is no news.
  const wasCancelledHere =
    job.clipId !== null &&
    uploads().some(
      (upload) =>
        upload.state === 'cancelled' &&
        upload.accountId === job.accountId &&
        upload.clipId === job.clipId,
    );
  return !wasCancelledHere;
}

/**
 * Whether the account's rules ask for a notification of a stopped upload, or of one whose file was changed
 * after it was sent, if it still is.
 */
export function wantsUploadNotification(
  upload: Upload,
  account: Pick<Account, 'notificationRules'>,
): boolean {
  const needsUser = upload.state === 'failed' || upload.problem === 'file-changed-since';
  return needsUser && account.notificationRules.kinds.processing !== 'nothing';
}
