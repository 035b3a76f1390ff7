import type { Account } from '../domain/account';
import type { Job, JobNotification } from '../domain/job';
import type { Upload } from '../domain/upload';

/** Whether the account's rules want this completion to be told. */
export function isWanted(
  notice: Pick<JobNotification, 'outcome'>,
  job: Job,
  account: Pick<Account, 'notificationRules'>,
  uploads: () => Upload[],
): boolean {
  const choice = account.notificationRules.kinds[job.kind];
  if (notice.outcome === 'done') return choice === 'all';
  if (choice === 'nothing') return false;
  // A clip that ends because its upload was cancelled here is no news.
  const cancelled =
    job.clipId !== null &&
    uploads().some(
      (upload) =>
        upload.state === 'cancelled' &&
        upload.accountId === job.accountId &&
        upload.clipId === job.clipId,
    );
  return !cancelled;
}

/** Whether the account's rules want it to be told that an upload stopped, if it still has. */
export function isStopWanted(upload: Upload, account: Pick<Account, 'notificationRules'>): boolean {
  return upload.state === 'failed' && account.notificationRules.kinds.processing !== 'nothing';
}
