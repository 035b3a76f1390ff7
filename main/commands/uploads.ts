import { access } from 'node:fs/promises';
import { basename } from 'node:path';
import type { AddUploadsOutcome, UploadLog } from '../../preload/contract';
import type { Account } from '../domain/account';
import type { UploadProblem } from '../domain/upload';
import type { UploadRepository } from '../storage/uploads';
import { UploadFailure } from '../uploads/failure';
import { type FolderFiles, filesOf, isFolder } from '../uploads/folders';
import { formatUploadLog } from '../uploads/log-text';
import { countParts } from '../uploads/part-plan';
import type { UploadQueue } from '../uploads/queue';
import type { Handlers } from './handlers';
import { uploadTarget } from './upload-target';

export interface UploadCommandDeps {
  queue: UploadQueue;
  store: Pick<UploadRepository, 'get' | 'events' | 'partRecords'>;
  /** Accounts that take uploads, in the order in which they were added. */
  targets: () => Account[];
  /** Asks the user for files or for folders; empty when the user changed their mind. */
  chooseFiles: (what: 'files' | 'folder') => Promise<string[]>;
  /**
   * Asks the user where to, and saves; false when the user changed their mind. The proposed name may
   * hold anything.
   */
  saveText: (proposedName: string, text: string) => Promise<boolean>;
  /** Shows a file, which is there, in the system's file manager. */
  showFile: (path: string) => void;
}

/** What a file of a folder is passed over for, without a word. */
const NO_VIDEO: UploadProblem[] = ['file-not-video', 'file-empty'];

/** The verbs about uploads. */
export function createUploadCommands(deps: UploadCommandDeps) {
  const { queue, store, targets, chooseFiles, saveText } = deps;

  async function add(
    paths: string[],
    accountId: string | null,
    brandId: string | null,
  ): Promise<AddUploadsOutcome> {
    const outcome: AddUploadsOutcome = { addedCount: 0, refused: [], skippedCount: 0 };
    const refuse = (path: string, problem: UploadProblem): void => {
      outcome.refused.push({ fileName: basename(path), problem });
    };
    const to = uploadTarget(targets(), accountId, brandId);
    if (typeof to === 'string') {
      for (const path of paths) refuse(path, to);
      return outcome;
    }

    /** Why it was refused, or null. */
    const addFile = async (path: string): Promise<UploadProblem | null> => {
      const added = await queue.add(path, to);
      if (added.outcome === 'refused') return added.problem;
      outcome.addedCount += 1;
      return null;
    };

    const addFolder = async (path: string): Promise<void> => {
      let found: FolderFiles;
      try {
        found = await filesOf(path);
      } catch (error) {
        if (!(error instanceof UploadFailure)) throw error;
        refuse(path, error.problem);
        return;
      }
      for (const name of found.unreadable) refuse(name, 'file-unreadable');
      let skipped = 0;
      for (const file of found.files) {
        const problem = await addFile(file);
        if (problem && NO_VIDEO.includes(problem)) skipped += 1;
        else if (problem) refuse(file, problem);
      }
      if (skipped < found.files.length) outcome.skippedCount += skipped;
      else if (found.unreadable.length === 0) refuse(path, 'folder-without-videos');
    };

    for (const path of paths) {
      if (await isFolder(path)) await addFolder(path);
      else {
        const problem = await addFile(path);
        if (problem) refuse(path, problem);
      }
    }
    return outcome;
  }

  function logOf(uploadId: string): UploadLog | null {
    const upload = store.get(uploadId);
    if (!upload) return null;
    const { fileName, sizeBytes, partSizeBytes, sha256Hex } = upload;
    return {
      ...{ fileName, sizeBytes, partSizeBytes, sha256Hex },
      partCount: countParts(sizeBytes, partSizeBytes),
      events: store.events(uploadId),
      parts: store.partRecords(uploadId),
    };
  }

  return {
    'uploads.add': ({ paths, accountId, brandId }) => add(paths, accountId, brandId),
    async 'uploads.choose'({ accountId, brandId, what }) {
      return add(await chooseFiles(what), accountId, brandId);
    },
    'uploads.pauseAll'() {
      queue.pauseEvery();
      return null;
    },
    'uploads.resumeAll'() {
      queue.resumeEvery();
      return null;
    },
    'uploads.retryAll'() {
      queue.retryEvery();
      return null;
    },
    async 'uploads.cancelAll'() {
      await queue.cancelEvery();
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
    async 'upload.cancel'({ uploadId }) {
      await queue.cancel(uploadId);
      return null;
    },
    'upload.move'({ uploadId, to }) {
      queue.move(uploadId, to);
      return null;
    },
    async 'upload.showFile'({ uploadId }) {
      const path = store.get(uploadId)?.path;
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
    'upload.log': ({ uploadId }) => logOf(uploadId),
    async 'upload.exportLog'({ uploadId }) {
      const log = logOf(uploadId);
      if (!log) return { saved: false };
      return { saved: await saveText(`Upload log of ${log.fileName}.txt`, formatUploadLog(log)) };
    },
  } satisfies Partial<Handlers>;
}
