import { reason } from '../../domain/logger';
import { StorageError, storageProblemOf } from '../../domain/storage-error';
import type { Database } from '../sql';
import { initial } from './001-initial';
import { uploadQueue } from './002-upload-queue';
import { notifications } from './003-notifications';
import { durationStatistics } from './004-duration-statistics';
import { history } from './005-history';
import { executionStarts } from './006-execution-starts';
import { downloads } from './007-downloads';
import { startSearches } from './008-start-searches';
import { outOfBalance } from './009-out-of-balance';
import { keychainRemovals } from './010-keychain-removals';

/** SQL, or code for what SQL cannot do. */
type Migration = string | ((database: Database) => void);

/** In order. Never edit a released migration: add the next number instead. */
const MIGRATIONS: Migration[] = [
  initial,
  uploadQueue,
  notifications,
  durationStatistics,
  history,
  executionStarts,
  downloads,
  startSearches,
  outOfBalance,
  keychainRemovals,
];

/** What keeps the state from before a migration. */
interface Backup {
  /** Returns the path of a copy of the database. Throws StorageError if there is none. */
  make(schema: number): string;
  /** Deletes that copy, because it is the same as the database. */
  discard(copy: string): void;
}

/** The version of the app that wrote the file last; null if the file does not say. */
function writtenBy(database: Database): string | null {
  try {
    const row = database.get(`SELECT value_json FROM settings WHERE name = 'writtenByVersion'`);
    return row === undefined ? null : String(JSON.parse(String(row.value_json)));
  } catch {
    // A newer version may store it elsewhere.
    return null;
  }
}

/** Runs what the file lacks: all of it or nothing, so that the version from before can still open it. */
function update(database: Database, schema: number, migrations: Migration[]): void {
  database.transaction(() => {
    for (const migration of migrations.slice(schema)) {
      if (typeof migration === 'string') database.script(migration);
      else migration(database);
    }
    database.script(`PRAGMA user_version = ${migrations.length}`);
  });
}

/**
 * Brings the schema up to date, after making a copy of a file that has one already. Throws StorageError,
 * and leaves the file as it was, if it comes from a newer version, or the copy or a migration fails.
 */
export function migrate(
  database: Database,
  backup: Backup,
  migrations: Migration[] = MIGRATIONS,
): void {
  const schema = Number(database.get('PRAGMA user_version')?.user_version ?? 0);
  if (schema > migrations.length) {
    const text = `the database has schema ${schema}, this version of Cliptray knows ${migrations.length}`;
    throw new StorageError('newer', text, { writtenBy: writtenBy(database) });
  }
  if (schema === migrations.length) return;
  const copy = schema === 0 ? null : backup.make(schema);
  try {
    update(database, schema, migrations);
  } catch (thrown) {
    const problem = storageProblemOf(thrown);
    // With a full disk, the copy would only take the space that the next try needs.
    const isNeeded = problem === null || problem === 'damaged';
    if (copy !== null && !isNeeded) backup.discard(copy);
    const error =
      thrown instanceof StorageError ? thrown : new StorageError('other', reason(thrown));
    throw error.with({ during: 'migration', copy: isNeeded ? copy : null });
  }
}
