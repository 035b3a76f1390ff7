import type { Logger } from '../domain/logger';
import type { ChangeFeed } from '../events';
import { accountRepository } from './accounts';
import { openDatabase } from './database';
import { downloadRepository } from './downloads';
import { durationStatisticsRepository } from './duration-statistics';
import { executionStartRepository } from './execution-starts';
import { historyRepository } from './history';
import { jobRepository } from './jobs';
import { outboxRepository } from './outbox';
import { createRowParsers } from './row-parser';
import { settingsRepository } from './settings';
import { uploadRepository } from './uploads';

/**
 * Opens everything that is stored, in one SQLite file. The repositories emit each change on the feed
 * after its commit. A row that does not parse is logged and skipped, and stays as it is. Throws if the
 * file cannot be opened.
 */
export function openStorage(file: string, feed: ChangeFeed, logger: Logger) {
  const database = openDatabase(file);
  const parsers = createRowParsers(logger);
  const accounts = accountRepository(database, feed, parsers);
  const statistics = durationStatisticsRepository(database, parsers);
  const jobs = jobRepository(database, feed, parsers, statistics.addDurations);
  const uploads = uploadRepository(database, feed, parsers);
  const history = historyRepository(database, feed, parsers);
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
    settings: settingsRepository(database, feed),
    close: database.close,
  };
}

export type Storage = ReturnType<typeof openStorage>;
