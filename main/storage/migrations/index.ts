import type { Database } from '../database';
import { initial } from './001-initial';
import { uploadQueue } from './002-upload-queue';

/** In order; a released one is never edited: add the next number instead. */
const MIGRATIONS = [initial, uploadQueue];

/** Runs the migrations the file has not seen. Throws when the file comes from a newer version. */
export function migrate(database: Database): void {
  const version = Number(database.get('PRAGMA user_version')?.user_version ?? 0);
  if (version > MIGRATIONS.length) {
    throw new Error(
      `the database has schema ${version}, this version of Cliptray knows ${MIGRATIONS.length}`,
    );
  }
  MIGRATIONS.slice(version).forEach((sql, index) => {
    database.transaction(() => {
      database.script(sql);
      database.script(`PRAGMA user_version = ${version + index + 1}`);
    });
  });
}
