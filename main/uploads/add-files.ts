import { basename } from 'node:path';
import type { Account } from '../domain/account';
import type { AddUploadsOutcome, UploadProblem } from '../domain/upload';
import { uploadTarget } from '../domain/upload-target';
import type { UploadTarget } from './add-upload';
import { UploadFailure } from './failure';
import { type FolderFiles, filesOf, isFolder } from './folders';
import type { UploadQueue } from './queue';

/** Files of a folder with these problems are skipped silently. */
const NO_VIDEO: UploadProblem[] = ['file-not-video', 'file-empty'];

/**
 * Adds files, and the videos in folders, to the queue. `uploadTargets` are the accounts that take
 * uploads. Null for the account means the only possible one, null for the brand the account's own.
 */
export async function addFiles(
  paths: string[],
  { accountId, brandId }: { accountId: string | null; brandId: string | null },
  { queue, uploadTargets }: { queue: Pick<UploadQueue, 'add'>; uploadTargets: () => Account[] },
): Promise<AddUploadsOutcome> {
  const outcome: AddUploadsOutcome = { addedCount: 0, refused: [], skippedCount: 0 };
  const refuse = (path: string, problem: UploadProblem): void => {
    outcome.refused.push({ fileName: basename(path), problem });
  };
  const target = uploadTarget(uploadTargets(), accountId, brandId);
  if (typeof target === 'string') {
    for (const path of paths) refuse(path, target);
    return outcome;
  }
  for (const path of paths) {
    if (await isFolder(path)) await addFolder(path, target);
    else {
      const problem = await addFile(path, target);
      if (problem) refuse(path, problem);
    }
  }
  return outcome;

  /** Why it was refused, or null. */
  async function addFile(path: string, to: UploadTarget): Promise<UploadProblem | null> {
    const added = await queue.add(path, to);
    if (added.outcome === 'refused') return added.problem;
    outcome.addedCount += 1;
    return null;
  }

  async function addFolder(path: string, to: UploadTarget): Promise<void> {
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
      const problem = await addFile(file, to);
      if (problem && NO_VIDEO.includes(problem)) skipped += 1;
      else if (problem) refuse(file, problem);
    }
    if (skipped < found.files.length) outcome.skippedCount += skipped;
    else if (found.unreadable.length === 0) refuse(path, 'folder-without-videos');
  }
}
