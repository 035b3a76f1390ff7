import type { Account } from '../domain/account';
import type { Job } from '../domain/job';
import type { OutboxNotification, UploadNotification } from '../domain/notification';
import type { Upload } from '../domain/upload';
import { isStopWanted, isWanted } from './rules';

/** A notice with what it is about, and whether it may make a sound. */
export type NotificationSubject =
  | { notice: Exclude<OutboxNotification, UploadNotification>; job: Job; sound: boolean }
  | {
      notice: UploadNotification & Pick<OutboxNotification, 'state'>;
      upload: Upload;
      sound: boolean;
    };

export interface NotificationSubjectStore {
  job(jobId: string): Job | null;
  upload(uploadId: string): Upload | null;
  uploads(): Upload[];
  account(accountId: string): Account | null;
}

/** What a notice is to tell; null when the account's rules do not want it, or it is no news any more. */
export function notificationSubject(
  store: NotificationSubjectStore,
  notice: OutboxNotification,
): NotificationSubject | null {
  if ('uploadId' in notice) {
    const upload = store.upload(notice.uploadId);
    const account = upload && store.account(upload.accountId);
    if (!account || !isStopWanted(upload, account)) return null;
    return { notice, upload, sound: account.notificationRules.sound };
  }
  const job = store.job(notice.jobId);
  const account = job && store.account(job.accountId);
  if (!account || !isWanted(notice, job, account, store.uploads)) return null;
  return { notice, job, sound: account.notificationRules.sound };
}
