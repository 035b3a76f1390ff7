import type { Database } from '../sql';
import { initial } from './001-initial';
import { uploadQueue } from './002-upload-queue';
import { notifications } from './003-notifications';
import { durationStatistics } from './004-duration-statistics';
import { history } from './005-history';
import { executionStarts } from './006-execution-starts';
import { downloads } from './007-downloads';
import { startSearches } from './008-start-searches';

/** SQL, or code for what SQL cannot do. Each runs in a transaction of its own. */
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
];

/** Runs the migrations that the file lacks. Throws if the file comes from a newer version. */
export function migrate(database: Database): void {
  const version = Number(database.get('PRAGMA user_version')?.user_version ?? 0);
  if (version > MIGRATIONS.length) {
    throw new Error(
      `the database has schema ${version}, this version of Cliptray knows ${MIGRATIONS.length}`,
    );
  }
  MIGRATIONS.slice(version).forEach((migration, index) => {
    database.transaction(() => {
      if (typeof migration === 'string') database.script(migration);
      else migration(database);
      database.script(`PRAGMA user_version = ${version + index + 1}`);
    });
  });
}
