import type { DurationSample } from '../domain/duration-statistics';
import type { ChangeFeed } from '../events';
import { accountRepository } from './accounts';
import { openDatabase } from './database';
import { downloadRepository } from './downloads';
import { durationStatisticsRepository } from './duration-statistics';
import { executionStartRepository } from './execution-starts';
import { historyRepository } from './history';
import { type JobChanges, jobRepository } from './jobs';
import { outboxRepository } from './outbox';
import { settingsRepository } from './settings';
import { uploadRepository } from './uploads';

/** Opens everything that is kept, in one SQLite file. Throws when it cannot be opened. */
export function openStorage(file: string, feed: ChangeFeed) {
  const database = openDatabase(file);
  const jobs = jobRepository(database, feed);
  const learning = durationStatisticsRepository(database);
  const history = historyRepository(database, feed);
  return {
    accounts: accountRepository(database, feed),
    jobs,
    history,
    learning,
    /** What the watcher reads and writes: an answer and what it teaches are written together. */
    watching: {
      active: jobs.active,
      get: jobs.get,
      forgottenBeforeMs: history.forgottenBeforeMs,
      durations: learning.durations,
      arrivals: learning.arrivals,
      saveArrivals: learning.saveArrivals,
      commit({ durations, ...changes }: JobChanges & { durations: DurationSample[] }): void {
        const isEmpty =
          changes.jobs.length + changes.events.length + changes.notifications.length === 0;
        if (isEmpty && durations.length === 0) return;
        database.transaction(() => {
          jobs.commit(changes);
          learning.addDurations(durations);
        });
      },
    },
    downloads: downloadRepository(database, feed),
    outbox: outboxRepository(database),
    runs: executionStartRepository(database),
    uploads: uploadRepository(database, feed),
    settings: settingsRepository(database, feed),
    close: database.close,
  };
}

export type Storage = ReturnType<typeof openStorage>;
