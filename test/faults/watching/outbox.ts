import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Libsql from 'libsql';
import type { OutboxState } from './verdict';

/** The files of the app's database; the second one exists only while the app runs or after a kill. */
const NAMES = ['cliptray.db', 'cliptray.db-wal'];

/**
 * What the database of an app that has ended says about each completion, by the title of its work.
 * Reads a copy in `copyFolder`: the original stays as the kill left it, for the next run to recover.
 */
export function readOutbox(dataFolder: string, copyFolder: string): Map<string, OutboxState> {
  mkdirSync(copyFolder, { recursive: true });
  for (const name of NAMES) {
    const from = join(dataFolder, name);
    if (existsSync(from)) copyFileSync(from, join(copyFolder, name));
  }
  const copy = new Libsql(join(copyFolder, 'cliptray.db'), { readonly: true });
  try {
    // A render has no title of its own: it has that of its clip.
    const rows = copy
      .prepare(
        `SELECT outbox.state AS state, coalesce(clip.title, job.title) AS title FROM outbox
         JOIN jobs job ON job.id = outbox.job_id
         LEFT JOIN jobs clip ON clip.account_id = job.account_id AND clip.kind = 'processing'
           AND clip.remote_id = job.clip_id`,
      )
      .all() as { state: OutboxState; title: string }[];
    return new Map(rows.map(({ title, state }) => [title, state]));
  } finally {
    copy.close();
  }
}
