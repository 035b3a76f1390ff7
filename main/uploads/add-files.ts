import { basename } from 'node:path';
import type { Account } from '../domain/account';
import type { AddUploadsOutcome, UploadProblem } from '../domain/upload';
import { uploadTarget } from '../domain/upload-target';
import { hasVideoExtension } from '../domain/video-extensions';
import type { UploadTarget } from './add-upload';
import { UploadFailure } from './failure';
import { checkFile, NO_VIDEO } from './file-check';
import { type FolderFiles, filesOf, isFolder } from './folders';
import type { UploadQueue } from './queue';

/** How many videos of one folder are added at once. */
export const MAX_VIDEOS = 2_000;

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
    const { videos, refused, skippedCount } = await sortOut(found);
    outcome.refused.push(...refused);
    if (videos.length > MAX_VIDEOS) {
      refuse(path, 'folder-too-many-videos');
      return;
    }
    let skipped = skippedCount;
    for (const video of videos) {
      const problem = await addFile(video, to);
      // Its name said more than was in it.
      if (problem && NO_VIDEO.includes(problem)) skipped += 1;
      else if (problem) refuse(video, problem);
    }
    const isNothing = skipped === skippedCount + videos.length && refused.length === 0;
    if (isNothing) refuse(path, 'folder-without-videos');
    else outcome.skippedCount += skipped;
  }
}

/**
 * The videos of a folder, found before the first one is added: what else is in the folder must not count
 * against the number of videos that are taken. At most one more than that many.
 */
async function sortOut({ files, nameless, refused: unreadable }: FolderFiles) {
  const videos: string[] = [];
  const refused = [...unreadable];
  let skippedCount = 0;
  for (const path of files) {
    const problem = await problemOf(path);
    const isNone = problem !== null && NO_VIDEO.includes(problem);
    // A recording that has just begun looks like no video yet: adding it decides.
    if (problem === null || (isNone && hasVideoExtension(path))) videos.push(path);
    else if (isNone) skippedCount += 1;
    else refused.push({ fileName: basename(path), problem });
    if (videos.length > MAX_VIDEOS) break;
  }
  for (const { path, fileName } of nameless) {
    const problem = await problemOf(path);
    if (problem && NO_VIDEO.includes(problem)) skippedCount += 1;
    else refused.push({ fileName, problem: problem ?? 'file-name-unreadable' });
  }
  return { videos, refused, skippedCount };
}

/** Why a file of a folder is not a video to be added, or null. */
async function problemOf(path: string | Buffer): Promise<UploadProblem | null> {
  try {
    await checkFile(path);
    return null;
  } catch (error) {
    if (error instanceof UploadFailure) return error.problem;
    throw error;
  }
}
