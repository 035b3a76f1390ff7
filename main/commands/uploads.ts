import { basename } from 'node:path';
import type { AddUploadsOutcome, RefusedFile } from '../../preload/contract';
import type { Account } from '../domain/account';
import type { UploadProblem } from '../domain/upload';
import type { UploadQueue } from '../uploads/queue';
import type { Handlers } from './handlers';

export interface UploadParts {
  queue: UploadQueue;
  /** Accounts that take uploads, in the order in which they were added. */
  targets: () => Account[];
  /** Asks the user for files; empty when the user changed their mind. */
  chooseFiles: () => Promise<string[]>;
}

/** The verbs about uploads. */
export function createUploadCommands({ queue, targets, chooseFiles }: UploadParts) {
  /** The account and brand to upload to, or why there is none. */
  function target(
    accountId: string | null,
  ): { accountId: string; brandId: string } | UploadProblem {
    const possible = targets();
    const account = accountId
      ? possible.find(({ id }) => id === accountId)
      : // Guessing among several would put a video where it does not belong.
        possible.length === 1
        ? possible[0]
        : undefined;
    if (!account) return 'no-account';
    if (!account.brandId) return 'no-brand';
    return { accountId: account.id, brandId: account.brandId };
  }

  async function add(paths: string[], accountId: string | null): Promise<AddUploadsOutcome> {
    const to = target(accountId);
    const refused: RefusedFile[] = [];
    let addedCount = 0;
    for (const path of paths) {
      const result =
        typeof to === 'string'
          ? { outcome: 'refused' as const, problem: to }
          : await queue.add(path, to);
      if (result.outcome === 'added') addedCount += 1;
      else refused.push({ fileName: basename(path), problem: result.problem });
    }
    return { addedCount, refused };
  }

  return {
    'uploads.add': ({ paths, accountId }) => add(paths, accountId),
    async 'uploads.choose'({ accountId }) {
      return add(await chooseFiles(), accountId);
    },
    'upload.pause'({ uploadId }) {
      queue.pause(uploadId);
      return null;
    },
    'upload.resume'({ uploadId }) {
      queue.resume(uploadId);
      return null;
    },
    'upload.retry'({ uploadId }) {
      queue.retry(uploadId);
      return null;
    },
    async 'upload.cancel'({ uploadId }) {
      await queue.cancel(uploadId);
      return null;
    },
  } satisfies Partial<Handlers>;
}
