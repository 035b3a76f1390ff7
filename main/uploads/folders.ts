import { isUtf8 } from 'node:buffer';
import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { RefusedFile } from '../domain/upload';
import { fileFailure, UploadFailure } from './failure';

/** How many files are looked at in a folder, subfolders included; each is opened to see what it is. */
const MAX_FILES = 100_000;
/** How deeply folders may be nested in the chosen one. */
export const MAX_DEPTH = 16;

/** The files of a folder, by absolute path, in the order in which a person would list them. */
export interface FolderFiles {
  files: string[];
  /** Files whose names are not text, and their names as far as they are. */
  nameless: { path: Buffer; fileName: string }[];
  /** Subfolders that could not be read. */
  refused: RefusedFile[];
}

/** An entry of a folder, with its name as the bytes that the system has for it. */
interface Entry {
  /** With U+FFFD where the bytes are not text. */
  name: string;
  isText: boolean;
  dirent: Dirent<Buffer>;
}

/** Whether there is a folder at this path; false if that cannot be determined. */
export async function isFolder(path: string): Promise<boolean> {
  const stats = await stat(path).catch(() => null);
  return stats?.isDirectory() ?? false;
}

/**
 * Names are bytes on Linux. Read as text, one that is not UTF-8 would be the name of a file that does not
 * exist. https://nodejs.org/api/fs.html#fspromisesreaddirpath-options
 */
async function entriesOf(path: string): Promise<Entry[]> {
  const dirents = await readdir(path, { withFileTypes: true, encoding: 'buffer' });
  return dirents.map((dirent) => ({
    name: dirent.name.toString(),
    isText: isUtf8(dirent.name),
    dirent,
  }));
}

/**
 * Finds the files in a folder and in all its subfolders. Hidden ones are left out. Links to files
 * count as files; links to folders are not followed, since they may lead anywhere, even in circles.
 *
 * Throws UploadFailure: `folder-too-large`, or `file-missing` or `file-unreadable` if the folder itself
 * cannot be read.
 */
export async function filesOf(folder: string): Promise<FolderFiles> {
  const found: FolderFiles = { files: [], nameless: [], refused: [] };
  const byName = new Intl.Collator(undefined, { numeric: true });
  const takeNameless = (path: string, { name, dirent }: Entry): void => {
    const bytes = Buffer.concat([Buffer.from(join(path, '/')), dirent.name]);
    if (dirent.isFile()) found.nameless.push({ path: bytes, fileName: name });
    if (!dirent.isDirectory()) return;
    found.refused.push({ fileName: name, problem: 'file-name-unreadable' });
  };
  const walk = async (path: string, entries: Entry[], depth: number): Promise<void> => {
    for (const entry of entries.sort((a, b) => byName.compare(a.name, b.name))) {
      const { name, dirent } = entry;
      const inner = join(path, name);
      if (name.startsWith('.')) continue;
      if (!entry.isText) takeNameless(path, entry);
      else if (dirent.isDirectory()) await walkInner(inner, depth + 1);
      else if (dirent.isFile() || (dirent.isSymbolicLink() && !(await isFolder(inner)))) {
        found.files.push(inner);
        if (found.files.length > MAX_FILES) throw new UploadFailure('folder-too-large');
      }
    }
  };
  const walkInner = async (path: string, depth: number): Promise<void> => {
    const entries = depth > MAX_DEPTH ? null : await entriesOf(path).catch(() => null);
    if (entries) await walk(path, entries, depth);
    else {
      const problem = depth > MAX_DEPTH ? 'folder-too-deep' : 'file-unreadable';
      found.refused.push({ fileName: basename(path), problem });
    }
  };
  const entries = await entriesOf(folder).catch((error: unknown) => {
    throw fileFailure(error);
  });
  await walk(folder, entries, 0);
  return found;
}
