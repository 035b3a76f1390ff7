import { rmSync, statSync } from 'node:fs';
import Libsql from 'libsql';
import { problemOfCode, StorageError } from '../domain/storage-error';
import { backUp, backupsOf } from './backup';
import { migrate } from './migrations';
import type { Database, Row } from './sql';
import { toStorageError } from './sqlite-error';

/** How long a statement waits for another process. */
export const BUSY_TIMEOUT_MS = 5_000;

type Connection = InstanceType<typeof Libsql>;

function configure(connection: Connection): void {
  // First, since each of the statements below may have to wait for another process.
  connection.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`);
  // WAL lets readers continue while we write. FULL makes a commit survive a power cut, not only a crash:
  // what is stored as delivered or sent must stay so. https://sqlite.org/wal.html
  connection.exec('PRAGMA journal_mode = WAL');
  connection.exec('PRAGMA synchronous = FULL');
  connection.exec('PRAGMA foreign_keys = ON');
}

/** The file's inode; undefined if it is not there. Throws StorageError if its folder does not answer. */
function inodeOf(file: string): number | undefined {
  try {
    return statSync(file, { throwIfNoEntry: false })?.ino;
  } catch (thrown) {
    // A home on a network or FUSE drive whose connection is gone.
    const { code, message } = thrown as NodeJS.ErrnoException;
    throw new StorageError(problemOfCode(code), message, { code: code ?? null });
  }
}

function wrap(
  connection: Connection,
  file: string,
  failed: (error: StorageError) => void,
): Database {
  const opened = inodeOf(file);
  // Preparing a statement costs more than running it; there are few, kept for as long as the app runs.
  const statements = new Map<string, ReturnType<Connection['prepare']>>();
  const prepare = (sql: string) => {
    const known = statements.get(sql);
    if (known) return known;
    const statement = connection.prepare(sql);
    statements.set(sql, statement);
    return statement;
  };
  let depth = 0;
  let tasks: (() => void)[] = [];
  /** Why SQLite has rolled back the transaction that is open here. */
  let rolledBack: StorageError | null = null;

  /** Runs something that the binding does. */
  function attempt<T>(work: () => T): T {
    // Outside its transaction, each further statement of the work would be committed by itself.
    if (rolledBack) throw rolledBack;
    try {
      return work();
    } catch (thrown) {
      const error = toStorageError(thrown, file);
      if (depth === 0) failed(error);
      // After some errors, such as a full disk, SQLite rolls back by itself.
      // https://sqlite.org/lang_transaction.html#response_to_errors_within_a_transaction
      else if (!connection.inTransaction) rolledBack = error;
      throw error;
    }
  }

  /** On Unix a file can be moved or deleted while it is open: everything written is then lost. */
  function checkPresence(): void {
    try {
      if (inodeOf(file) === opened) return;
      throw new StorageError('missing', 'the database file is no longer where it was');
    } catch (error) {
      if (error instanceof StorageError) failed(error);
      throw error;
    }
  }

  function rollBack(): void {
    try {
      if (connection.inTransaction) connection.exec('ROLLBACK');
    } catch {
      // What went wrong before is the cause, and all that the user can do something about.
    }
  }

  return {
    run(sql, ...values) {
      if (depth === 0) checkPresence();
      attempt(() => prepare(sql).run(...values));
    },
    get: (sql, ...values) => attempt(() => prepare(sql).get(...values) as Row | undefined),
    all: (sql, ...values) => attempt(() => prepare(sql).all(...values) as Row[]),
    script: (sql) => attempt(() => void connection.exec(sql)),
    transaction(work) {
      if (depth > 0) return work();
      checkPresence();
      attempt(() => connection.exec('BEGIN IMMEDIATE'));
      depth += 1;
      let result: ReturnType<typeof work>;
      try {
        result = work();
        attempt(() => connection.exec('COMMIT'));
      } catch (thrown) {
        tasks = [];
        rollBack();
        depth -= 1;
        const error = rolledBack ?? thrown;
        rolledBack = null;
        if (error instanceof StorageError) failed(error);
        throw error;
      }
      depth -= 1;
      const committed = tasks;
      tasks = [];
      for (const task of committed) task();
      return result;
    },
    afterCommit(task) {
      if (depth > 0) tasks.push(task);
      else task();
    },
    close: () => void connection.close(),
  };
}

/**
 * Opens the database file and brings its schema up to date, after making a copy of it. The only code that
 * knows the binding: whatever that throws becomes a StorageError, of which `failed` is told once no
 * transaction is open any more. Throws StorageError if the file cannot be opened, is not a database, or
 * was written by a newer version.
 */
export function openDatabase(
  file: string,
  failed: (error: StorageError) => void = () => {},
): Database {
  let connection: Connection | null = null;
  try {
    connection = new Libsql(file);
    configure(connection);
    const database = wrap(connection, file, failed);
    migrate(database, {
      make: (schema) => backUp(database, file, schema),
      discard: (copy) => rmSync(copy, { force: true }),
    });
    return database;
  } catch (thrown) {
    connection?.close();
    const error = toStorageError(thrown, file);
    if (error.kind !== 'damaged' || error.copy !== null) throw error;
    throw error.with({ copy: backupsOf(file)[0] ?? null });
  }
}
