import { access } from 'node:fs/promises';
import type { AddUploadsOutcome, Upload, UploadLog } from '../domain/upload';
import type { UploadQueue } from '../uploads/queue';
import type { Handlers } from './handlers';

export interface UploadCommandDeps {
  queue: UploadQueue;
  upload: (uploadId: string) => Upload | null;
  /** Adds files, and the videos in folders; null leaves the choice to the account. */
  addFiles: (
    paths: string[],
    target: { accountId: string | null; brandId: string | null },
  ) => Promise<AddUploadsOutcome>;
  /** Null for an upload that is not known any more; so is `logFile`. */
  log: (uploadId: string) => UploadLog | null;
  logFile: (uploadId: string) => { fileName: string; text: string } | null;
  /** Asks the user for files or for folders; empty when the user changed their mind. */
  chooseFiles: (what: 'files' | 'folder') => Promise<string[]>;
  /**
   * Asks the user where to save, and saves; false when the user changed their mind. The proposed name
   * may contain any characters.
   */
  saveText: (proposedName: string, text: string) => Promise<boolean>;
  /** Shows an existing file in the system's file manager. */
  showFile: (path: string) => void;
}

/** The verbs about uploads. */
export function createUploadCommands(deps: UploadCommandDeps) {
  const { queue, addFiles, chooseFiles, saveText } = deps;
  return {
    'uploads.add': ({ paths, ...target }) => addFiles(paths, target),
    async 'uploads.choose'({ what, ...target }) {
      return addFiles(await chooseFiles(what), target);
    },
    'uploads.pauseAll'() {
      queue.pauseAll();
      return null;
    },
    'uploads.resumeAll'() {
      queue.resumeAll();
      return null;
    },
    'uploads.retryAll'() {
      queue.retryAll();
      return null;
    },
    async 'uploads.cancelAll'() {
      await queue.cancelAll();
      return null;
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
    async 'upload.sendAgain'({ uploadId }) {
      const fileName = deps.upload(uploadId)?.fileName ?? '';
      const added = await queue.sendAgain(uploadId);
      if (added === null) return null;
      if (added.outcome === 'added') return { addedCount: 1, refused: [], skippedCount: 0 };
      const refused = [{ fileName, problem: added.problem }];
      return { addedCount: 0, refused, skippedCount: 0 };
    },
    async 'upload.cancel'({ uploadId }) {
      await queue.cancel(uploadId);
      return null;
    },
    'upload.move'({ uploadId, to }) {
      queue.move(uploadId, to);
      return null;
    },
    async 'upload.showFile'({ uploadId }) {
      const path = deps.upload(uploadId)?.path;
      // File managers say nothing about a file that is gone: some open its folder, some do nothing.
      const exists =
        path !== undefined &&
        (await access(path).then(
          () => true,
          () => false,
        ));
      if (exists) deps.showFile(path);
      return { shown: exists };
    },
    'upload.log': ({ uploadId }) => deps.log(uploadId),
    async 'upload.exportLog'({ uploadId }) {
      const file = deps.logFile(uploadId);
      return { saved: file !== null && (await saveText(file.fileName, file.text)) };
    },
  } satisfies Partial<Handlers>;
}
