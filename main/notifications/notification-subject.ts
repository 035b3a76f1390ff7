import type { Account } from '../domain/account';
import type { Job } from '../domain/job';
import type { OutboxNotification, UploadNotification } from '../domain/notification';
import type { Upload } from '../domain/upload';
import { wantsJobNotification, wantsUploadNotification } from './rules';

/** A notification with the job or upload that it is about, and whether it may make a sound. */
export type NotificationSubject =
  | { notification: Exclude<OutboxNotification, UploadNotification>; job: Job; sound: boolean }
  | {
      notification: UploadNotification & Pick<OutboxNotification, 'state'>;
      upload: Upload;
      sound: boolean;
    };

export interface NotificationSubjectStore {
  job(jobId: string): Job | null;
  upload(uploadId: string): Upload | null;
  uploads(): Upload[];
  account(accountId: string): Account | null;
}

/** What a notification is about; null if the account's rules exclude it, or it is out of date. */
export function notificationSubject(
  store: NotificationSubjectStore,
  notification: OutboxNotification,
): NotificationSubject | null {
  if ('uploadId' in notification) {
    const upload = store.upload(notification.uploadId);
    const account = upload && store.account(upload.accountId);
    if (!account || !wantsUploadNotification(upload, account)) return null;
    return { notification, upload, sound: account.notificationRules.sound };
  }
  const job = store.job(notification.jobId);
  const account = job && store.account(job.accountId);
  if (!account || !wantsJobNotification(notification, job, account, store.uploads)) return null;
  return { notification, job, sound: account.notificationRules.sound };
}
