import { type Logger, reason } from '../domain/logger';
import type { ChangeFeed } from '../events';
import { accountRepository } from './accounts';
import { BUSY_TIMEOUT_MS, openDatabase } from './database';
import { downloadRepository } from './downloads';
import { durationStatisticsRepository } from './duration-statistics';
import { executionStartRepository } from './execution-starts';
import { createStorageHealth } from './health';
import { historyRepository } from './history';
import { jobRepository } from './jobs';
import { keychainRemovalRepository } from './keychain-removals';
import { outboxRepository } from './outbox';
import { createRowParsers } from './row-parser';
import { settingsRepository } from './settings';
import type { Database } from './sql';
import { uploadRepository } from './uploads';
import { writeProblem } from './write-probe';

/** Stores which version of the app uses the file, so that an older one can name it. */
function saveVersion(database: Database, version: string): void {
  const value = JSON.stringify(version);
  const stored = database.get(`SELECT value_json FROM settings WHERE name = 'writtenByVersion'`);
  if (stored?.value_json === value) return;
  database.run(`INSERT OR REPLACE INTO settings VALUES ('writtenByVersion', ?)`, value);
}

/** Writes something, whatever it is, and waits for no other process. Throws StorageError if it cannot. */
function writeSomething(database: Database): void {
  database.script('PRAGMA busy_timeout = 0');
  try {
    const schema = Number(database.get('PRAGMA user_version')?.user_version);
    database.transaction(() => database.script(`PRAGMA user_version = ${schema}`));
  } finally {
    database.script(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`);
  }
}

/**
 * Opens everything that is stored, in one SQLite file. The repositories emit each change on the feed
 * after its commit. A row that does not parse is logged and skipped, and stays as it is. `version` is
 * that of the app. Throws StorageError if the file cannot be opened; so do all repositories when
 * something cannot be stored or read, and the feed then has `storage`.
 */
export function openStorage(file: string, feed: ChangeFeed, logger: Logger, version?: string) {
  const health = createStorageHealth(feed, logger);
  const database = openDatabase(file, health.failed);
  let isClosed = false;
  const parsers = createRowParsers(logger);
  const accounts = accountRepository(database, feed, parsers);
  const statistics = durationStatisticsRepository(database, parsers);
  const jobs = jobRepository(database, feed, parsers, statistics.addDurations);
  const uploads = uploadRepository(database, feed, parsers);
  const history = historyRepository(database, feed, parsers);
  try {
    if (version !== undefined) saveVersion(database, version);
  } catch (error) {
    // What is stored can be shown all the same.
    logger.warn('the version was not stored', { reason: reason(error) });
  }
  return {
    accounts,
    jobs,
    history,
    /** What polling reads and writes. */
    polling: {
      active: jobs.active,
      get: jobs.get,
      isUnreadable: (jobId: string): boolean => parsers.isSkipped('jobs', jobId),
      deletedBeforeMs: history.deletedBeforeMs,
      durations: statistics.durations,
      arrivals: statistics.arrivals,
      saveArrivals: statistics.saveArrivals,
      commit: jobs.commit,
    },
    downloads: downloadRepository(database, feed, parsers),
    outbox: outboxRepository(database, parsers, {
      job: jobs.get,
      upload: uploads.get,
      account: accounts.get,
    }),
    executionStarts: executionStartRepository(database, parsers),
    uploads,
    keychainRemovals: keychainRemovalRepository(database),
    settings: settingsRepository(database, feed),
    /** Whether something can be stored again. Emits `storage` if that has changed. */
    check(): void {
      if (isClosed || health.problem() === null || writeProblem(file) !== null) return;
      try {
        writeSomething(database);
        health.recovered();
      } catch {
        // The health knows why.
      }
    },
    close(): void {
      isClosed = true;
      database.close();
    },
  };
}

export type Storage = ReturnType<typeof openStorage>;
