import { accessSync, constants, statSync } from 'node:fs';
import { problemOfCode, StorageError } from '../domain/storage-error';
import { writeProblem } from './write-probe';

/** Why an existing file cannot be opened although its folder can be written. */
function openProblem(file: string): StorageError['kind'] {
  try {
    if (statSync(file, { throwIfNoEntry: false })?.isDirectory()) return 'other';
    accessSync(file, constants.R_OK | constants.W_OK);
    return 'failing';
  } catch (error) {
    return problemOfCode((error as NodeJS.ErrnoException).code);
  }
}

function kindOf(code: string, file: string): StorageError['kind'] {
  const is = (...prefixes: string[]) => prefixes.some((prefix) => code.startsWith(prefix));
  if (is('SQLITE_FULL')) return 'full';
  if (is('SQLITE_BUSY', 'SQLITE_LOCKED', 'SQLITE_PROTOCOL')) return 'busy';
  if (is('SQLITE_CORRUPT', 'SQLITE_NOTADB', 'SQLITE_IOERR_CORRUPTFS')) return 'damaged';
  if (is('SQLITE_READONLY_DBMOVED')) return 'missing';
  if (is('SQLITE_READONLY', 'SQLITE_PERM')) return 'read-only';
  if (is('SQLITE_IOERR')) return writeProblem(file) ?? 'failing';
  if (is('SQLITE_CANTOPEN')) return writeProblem(file) ?? openProblem(file);
  return 'other';
}

/** Only this message says that a connection could not be opened: it has no code. */
const OPENING_FAILED = /ConnectionFailed\(.*: (\d+)"\)$/;
const SQLITE_CODES: Record<string, string> = {
  8: 'SQLITE_READONLY',
  13: 'SQLITE_FULL',
  10: 'SQLITE_IOERR',
  26: 'SQLITE_NOTADB',
};

/** What the binding threw while it worked on `file`, as the rest of the app knows it. */
export function toStorageError(thrown: unknown, file: string): StorageError {
  if (thrown instanceof StorageError) return thrown;
  const { message, code } = thrown as { message?: unknown; code?: unknown };
  const opening = OPENING_FAILED.exec(String(message));
  if (opening) {
    const known = SQLITE_CODES[String(opening[1])] ?? 'SQLITE_CANTOPEN';
    return new StorageError(kindOf(known, file), 'unable to open database file', { code: known });
  }
  const known = typeof code === 'string' && code !== '' ? code : null;
  return new StorageError(known === null ? 'other' : kindOf(known, file), String(message), {
    code: known,
  });
}
