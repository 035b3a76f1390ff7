export const STORAGE_PROBLEMS = [
  'full', // no space, no inode or no quota left
  'read-only', // the file or its folder may not be written
  'missing', // the folder is gone, or the file was moved away
  'busy', // another program holds the file
  'damaged', // not a database, or one with broken content
  'failing', // the disk gives errors
] as const;

/** What keeps the app from storing anything: none of it is the fault of a service. */
export type StorageProblem = (typeof STORAGE_PROBLEMS)[number];

/** What a file system error says about the store. */
export function problemOfCode(code: string | undefined): StorageProblem {
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
    case 'EFBIG':
      return 'full';
    case 'EROFS':
    case 'EACCES':
    case 'EPERM':
      return 'read-only';
    case 'ENOENT':
    case 'ENOTDIR':
      return 'missing';
    default:
      return 'failing';
  }
}

interface StorageErrorFacts {
  /** SQLite's or the system's code, such as `SQLITE_FULL`. */
  code?: string | null;
  /** What was being done, if that matters to the user. */
  during?: 'backup' | 'migration' | null;
  /** Path of the copy from before the migration that failed, or the latest copy of a damaged file. */
  copy?: string | null;
  /** The version of the app that wrote a `newer` file, if the file says so. */
  writtenBy?: string | null;
}

/**
 * Failure of the app's own store. Thrown by `main/storage` alone, so that nobody takes a full disk for an
 * answer that could not be understood. Whatever was to be stored together has not been stored.
 */
export class StorageError extends Error {
  /** `newer`: a newer version wrote the file. `other`: a statement failed, which is a defect. */
  readonly kind: StorageProblem | 'newer' | 'other';
  readonly code: string | null;
  readonly during: 'backup' | 'migration' | null;
  readonly copy: string | null;
  readonly writtenBy: string | null;
  readonly #text: string;

  constructor(kind: StorageError['kind'], text: string, facts: StorageErrorFacts = {}) {
    const { code = null, during = null, copy = null, writtenBy = null } = facts;
    super(`storage ${kind}: ${text}${code === null ? '' : ` (${code})`}`);
    this.name = 'StorageError';
    this.kind = kind;
    this.code = code;
    this.during = during;
    this.copy = copy;
    this.writtenBy = writtenBy;
    this.#text = text;
  }

  /** The same error with more facts. */
  with(facts: StorageErrorFacts): StorageError {
    const { code, during, copy, writtenBy } = this;
    return new StorageError(this.kind, this.#text, { code, during, copy, writtenBy, ...facts });
  }
}

/** The problem, if the store cannot be used for now; null for anything else. */
export function storageProblemOf(thrown: unknown): StorageProblem | null {
  if (!(thrown instanceof StorageError)) return null;
  return STORAGE_PROBLEMS.find((problem) => problem === thrown.kind) ?? null;
}
