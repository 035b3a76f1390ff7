import { accountRepository } from './accounts';
import { openDatabase } from './database';
import { jobRepository } from './jobs';
import { outboxRepository } from './outbox';
import { settingsRepository } from './settings';
import { uploadRepository } from './uploads';

/** Opens everything that is kept, in one SQLite file. Throws when it cannot be opened. */
export function openStorage(file: string) {
  const database = openDatabase(file);
  return {
    accounts: accountRepository(database),
    jobs: jobRepository(database),
    outbox: outboxRepository(database),
    uploads: uploadRepository(database),
    settings: settingsRepository(database),
    close: database.close,
  };
}

export type Storage = ReturnType<typeof openStorage>;
