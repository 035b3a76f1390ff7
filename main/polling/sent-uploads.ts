import type { Upload } from '../domain/upload';
import type { ChangeFeed } from '../events';
import type { AccountHandle } from './account-handle';

interface SentUploadDeps {
  feed: Pick<ChangeFeed, 'on'>;
  polling: { account(accountId: string): Pick<AccountHandle, 'followClip'> | null };
  upload: (uploadId: string) => Upload | null;
}

/**
 * Follows the clip of each upload from the moment the service has the whole file, without waiting for a
 * poll to find it. Returns the function that unsubscribes.
 */
export function followSentUploads({ feed, polling, upload }: SentUploadDeps): () => void {
  return feed.on('uploadEvent', ({ uploadId, event }) => {
    if (event.kind !== 'sent') return;
    const sent = upload(uploadId);
    if (!sent?.remote) return;
    polling.account(sent.accountId)?.followClip(sent.remote.clipId, sent.fileName);
  });
}
