import Libsql from 'libsql';
import { migrate } from './migrations';
import type { Database, Row } from './sql';

/**
 * Opens the database file and brings its schema up to date. The only code that knows the binding. Throws
 * if the file cannot be opened, is not a database, or was written by a newer version.
 */
export function openDatabase(file: string): Database {
  const connection = new Libsql(file);
  // Preparing a statement costs more than running it; there are few, kept for as long as the app runs.
  const statements = new Map<string, ReturnType<typeof connection.prepare>>();
  const prepare = (sql: string) => {
    const known = statements.get(sql);
    if (known) return known;
    const statement = connection.prepare(sql);
    statements.set(sql, statement);
    return statement;
  };
  let depth = 0;
  let tasks: (() => void)[] = [];
  const database: Database = {
    run: (sql, ...values) => void prepare(sql).run(...values),
    get: (sql, ...values) => prepare(sql).get(...values) as Row | undefined,
    all: (sql, ...values) => prepare(sql).all(...values) as Row[],
    script: (sql) => void connection.exec(sql),
    transaction(work) {
      if (depth > 0) return work();
      connection.exec('BEGIN IMMEDIATE');
      depth += 1;
      let result: ReturnType<typeof work>;
      try {
        result = work();
        connection.exec('COMMIT');
      } catch (error) {
        tasks = [];
        connection.exec('ROLLBACK');
        throw error;
      } finally {
        depth -= 1;
      }
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
  // First, since each of the statements below may have to wait for another process.
  connection.exec('PRAGMA busy_timeout = 5000');
  // WAL lets readers continue while we write. FULL makes a commit survive a power cut, not only a crash:
  // what is stored as delivered or sent must stay so. https://sqlite.org/wal.html
  connection.exec('PRAGMA journal_mode = WAL');
  connection.exec('PRAGMA synchronous = FULL');
  connection.exec('PRAGMA foreign_keys = ON');
  migrate(database);
  return database;
}
