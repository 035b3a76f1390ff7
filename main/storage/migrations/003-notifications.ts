/**
 * Each account's own notification rules; stopped uploads in the outbox beside completions; and
 * `work_id`, so that two accounts that see the same work do not notify of it twice. `shown` is set only
 * when the desktop says so.
 *
 * The outbox is rebuilt, since SQLite cannot drop NOT NULL from a column.
 * https://sqlite.org/lang_altertable.html
 */
export const notifications = `
ALTER TABLE accounts ADD COLUMN telling_json TEXT NOT NULL DEFAULT '{}';

CREATE TABLE notices (
  id TEXT PRIMARY KEY,
  job_id TEXT REFERENCES jobs (id) ON DELETE CASCADE,
  upload_id TEXT REFERENCES uploads (id) ON DELETE CASCADE,
  work_id TEXT NOT NULL,
  outcome TEXT NOT NULL,
  created_at_ms INTEGER NOT NULL,
  state TEXT NOT NULL,
  told_at_ms INTEGER,
  shown INTEGER NOT NULL DEFAULT 0,
  CHECK ((job_id IS NULL) <> (upload_id IS NULL))
) STRICT;
INSERT INTO notices (id, job_id, work_id, outcome, created_at_ms, state, told_at_ms)
  SELECT id, job_id, id, outcome, created_at_ms, state, told_at_ms FROM outbox;
DROP TABLE outbox;
ALTER TABLE notices RENAME TO outbox;
CREATE INDEX outbox_untold ON outbox (created_at_ms) WHERE state IN ('pending', 'telling');
CREATE INDEX outbox_work ON outbox (work_id);
CREATE INDEX outbox_job ON outbox (job_id);
CREATE INDEX outbox_upload ON outbox (upload_id);
`;
