import type { Account } from '../domain/account';
import type { Job } from '../domain/job';
import type { OutboxNotice, UploadNotice } from '../domain/notice';
import type { Upload } from '../domain/upload';
import { isStopWanted, isWanted } from './wanted';

/** A notice with what it is about, and whether it may make a sound. */
export type News =
  | { notice: Exclude<OutboxNotice, UploadNotice>; job: Job; sound: boolean }
  | { notice: UploadNotice & Pick<OutboxNotice, 'state'>; upload: Upload; sound: boolean };

export interface NewsStore {
  job(jobId: string): Job | null;
  upload(uploadId: string): Upload | null;
  uploads(): Upload[];
  account(accountId: string): Account | null;
}

/** What a notice is to tell; null when the account's rules do not want it, or it is no news any more. */
export function newsOf(store: NewsStore, notice: OutboxNotice): News | null {
  if ('uploadId' in notice) {
    const upload = store.upload(notice.uploadId);
    const account = upload && store.account(upload.accountId);
    if (!account || !isStopWanted(upload, account)) return null;
    return { notice, upload, sound: account.telling.sound };
  }
  const job = store.job(notice.jobId);
  const account = job && store.account(job.accountId);
  if (!account || !isWanted(notice, job, account, store.uploads)) return null;
  return { notice, job, sound: account.telling.sound };
}
