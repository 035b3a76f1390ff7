import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { problemOfCode, StorageError } from '../domain/storage-error';
import type { Database } from './sql';

/** Copies beyond this number are deleted, the oldest first. */
const MAX_COPIES = 3;
/** A copy under this name is not complete. */
const PARTIAL = '.partial';

/** The folder with the copies of the database file. */
function folderOf(file: string): string {
  return join(dirname(file), 'backups');
}

function prefixOf(file: string): string {
  return `${basename(file, '.db')}-schema-`;
}

/** Names of the files in `folder` that begin so; none if it cannot be read. */
function namesIn(folder: string, prefix: string): string[] {
  try {
    return readdirSync(folder).filter((name) => name.startsWith(prefix));
  } catch {
    return [];
  }
}

/** The time that is part of a copy's name, after the number of its schema. */
function timeIn(name: string): string {
  return /\d{4}-\d\d-\d\dT.*$/.exec(name)?.[0] ?? '';
}

/** Paths of the complete copies, the latest first. */
export function backupsOf(file: string): string[] {
  return namesIn(folderOf(file), prefixOf(file))
    .filter((name) => name.endsWith('.db'))
    .sort((a, b) => (timeIn(a) < timeIn(b) ? 1 : -1))
    .map((name) => join(folderOf(file), name));
}

/**
 * A copy takes at most as much space as the file and what has not been moved into it yet; the migration
 * may write as much again. SQLite would find that out too, but only after it has filled the disk.
 */
function requireSpace(file: string): void {
  const sizeOf = (path: string) => statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  const neededBytes = 2 * (sizeOf(file) + sizeOf(`${file}-wal`));
  const { bavail, bsize } = statfsSync(dirname(file));
  if (bavail * bsize < neededBytes) {
    throw new StorageError('full', `${neededBytes} bytes are needed`, { during: 'backup' });
  }
}

/** Makes what was written under this path survive a power cut. */
function sync(path: string): void {
  const fd = openSync(path, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

function copyTo(database: Database, partial: string, complete: string): void {
  // Private from its first byte; VACUUM writes into an existing file only if that is empty.
  closeSync(openSync(partial, 'wx', 0o600));
  database.script(`VACUUM INTO '${partial.replaceAll("'", "''")}'`);
  // VACUUM INTO leaves it to us. https://sqlite.org/lang_vacuum.html#vacuuminto
  sync(partial);
  renameSync(partial, complete);
  if (process.platform !== 'win32') sync(dirname(complete));
}

function deleteOld(file: string): void {
  for (const path of backupsOf(file).slice(MAX_COPIES)) rmSync(path, { force: true });
}

/**
 * Makes a copy of the database as it is, including what is only in its WAL, and returns the path. The
 * latest copies are kept. Throws StorageError, and then there is no new copy.
 */
export function backUp(database: Database, file: string, schema: number): string {
  const folder = folderOf(file);
  const time = new Date().toISOString().replaceAll(/[:.]/g, '-');
  const complete = join(folder, `${prefixOf(file)}${schema}-${time}.db`);
  const partial = `${complete}${PARTIAL}`;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    for (const name of namesIn(folder, prefixOf(file))) {
      if (name.includes(PARTIAL)) rmSync(join(folder, name), { force: true });
    }
    requireSpace(file);
    copyTo(database, partial, complete);
    deleteOld(file);
    return complete;
  } catch (thrown) {
    try {
      rmSync(partial, { force: true });
    } catch {
      // It has the name of something incomplete, and the next copy deletes it.
    }
    if (thrown instanceof StorageError) throw thrown.with({ during: 'backup' });
    const { code, message } = thrown as NodeJS.ErrnoException;
    throw new StorageError(problemOfCode(code), message, { code: code ?? null, during: 'backup' });
  }
}
