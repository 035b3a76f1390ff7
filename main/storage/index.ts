import type { DurationSample } from '../domain/learning';
import { accountRepository } from './accounts';
import { openDatabase } from './database';
import { downloadRepository } from './downloads';
import { historyRepository } from './history';
import { type JobChanges, jobRepository } from './jobs';
import { learningRepository } from './learning';
import { outboxRepository } from './outbox';
import { runRepository } from './runs';
import { settingsRepository } from './settings';
import { uploadRepository } from './uploads';

/** Opens everything that is kept, in one SQLite file. Throws when it cannot be opened. */
export function openStorage(file: string) {
  const database = openDatabase(file);
  const jobs = jobRepository(database);
  const learning = learningRepository(database);
  const history = historyRepository(database);
  return {
    accounts: accountRepository(database),
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
        const isEmpty = changes.jobs.length + changes.events.length + changes.notices.length === 0;
        if (isEmpty && durations.length === 0) return;
        database.transaction(() => {
          jobs.commit(changes);
          learning.addDurations(durations);
        });
      },
    },
    downloads: downloadRepository(database),
    outbox: outboxRepository(database),
    runs: runRepository(database),
    uploads: uploadRepository(database),
    settings: settingsRepository(database),
    close: database.close,
  };
}

export type Storage = ReturnType<typeof openStorage>;
