import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileFailure, UploadFailure } from './failure';

/** How many files a folder may hold, subfolders included. */
export const MAX_FILES = 2_000;
/** How deeply folders may be nested in the chosen one. */
export const MAX_DEPTH = 16;

/** The files of a folder, by absolute path, in the order in which a person would list them. */
export interface FolderFiles {
  files: string[];
  /** Names of subfolders that could not be read. */
  unreadable: string[];
}

/** Whether there is a folder at this path; false if that cannot be determined. */
export async function isFolder(path: string): Promise<boolean> {
  const stats = await stat(path).catch(() => null);
  return stats?.isDirectory() ?? false;
}

/**
 * Finds the files in a folder and in all its subfolders. Hidden ones are left out. Links to files
 * count as files; links to folders are not followed, since they may lead anywhere, even in circles.
 *
 * Throws UploadFailure: `folder-too-large`, or `file-missing` or `file-unreadable` if the folder itself
 * cannot be read.
 */
export async function filesOf(folder: string): Promise<FolderFiles> {
  const found: FolderFiles = { files: [], unreadable: [] };
  const byName = new Intl.Collator(undefined, { numeric: true });
  const walk = async (path: string, entries: Dirent[], depth: number): Promise<void> => {
    if (depth > MAX_DEPTH) throw new UploadFailure('folder-too-large');
    for (const entry of entries.sort((a, b) => byName.compare(a.name, b.name))) {
      if (entry.name.startsWith('.')) continue;
      const inner = join(path, entry.name);
      if (entry.isDirectory()) {
        const within = await readdir(inner, { withFileTypes: true }).catch(() => null);
        if (within) await walk(inner, within, depth + 1);
        else found.unreadable.push(basename(inner));
      } else if (entry.isFile() || (entry.isSymbolicLink() && !(await isFolder(inner)))) {
        found.files.push(inner);
        if (found.files.length > MAX_FILES) throw new UploadFailure('folder-too-large');
      }
    }
  };
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    throw fileFailure(error);
  });
  await walk(folder, entries, 0);
  return found;
}
