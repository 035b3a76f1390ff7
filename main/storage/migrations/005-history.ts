import type { Phase } from '../../domain/job';
import { addToHistory } from '../history-index';
import type { Database } from '../sql';

/**
 * How each event was learned, and what makes a long history searchable: a narrow table in the order in
 * which jobs started, and an index of all sequences of one, two and three letters in its text. SQLite's
 * own trigram tokenizer cannot find fewer than three letters, and is slow if all parts of a search are
 * common but the whole occurs nowhere. `search-text.ts` makes the text and the index words, so existing
 * jobs are indexed by code and not by SQL.
 * https://sqlite.org/fts5.html#contentless_delete_tables
 */
const tables = `
ALTER TABLE job_events ADD COLUMN source TEXT NOT NULL DEFAULT 'list';
ALTER TABLE jobs ADD COLUMN place INTEGER;
CREATE UNIQUE INDEX jobs_place ON jobs (place);

CREATE TABLE job_search (
  place INTEGER PRIMARY KEY,
  account_id TEXT NOT NULL,
  phase TEXT NOT NULL,
  text TEXT NOT NULL
) STRICT;
CREATE INDEX job_search_phase ON job_search (phase);
CREATE INDEX job_search_account ON job_search (account_id);

CREATE VIRTUAL TABLE job_grams USING fts5 (
  grams, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii'
);
CREATE TRIGGER jobs_deleted AFTER DELETE ON jobs BEGIN
  DELETE FROM job_search WHERE place = old.place;
  DELETE FROM job_grams WHERE rowid = old.place;
END;
`;

export function history(database: Database): void {
  database.script(tables);
  for (const row of database.all('SELECT * FROM jobs ORDER BY rowid')) {
    const sortKey = addToHistory(database, {
      accountId: String(row.account_id),
      phase: String(row.phase) as Phase,
      gone: row.gone === 1,
      startedAtMs: Number(row.created_at_ms ?? row.first_seen_at_ms),
      title: row.title === null ? null : String(row.title),
      remoteId: String(row.remote_id),
      failure: row.failure === null ? null : String(row.failure),
    });
    database.run('UPDATE jobs SET place = ? WHERE id = ?', sortKey, String(row.id));
  }
}
