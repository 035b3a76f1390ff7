/** Times are milliseconds since the epoch, sizes bytes; booleans are 0 or 1; *_json holds our own JSON. */
export const initial = `
CREATE TABLE accounts (
  id TEXT PRIMARY KEY,
  service TEXT NOT NULL,
  name TEXT NOT NULL,
  key_header TEXT NOT NULL,
  key_place TEXT NOT NULL,
  brands_json TEXT NOT NULL,
  brand_id TEXT,
  added_at_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE jobs (
  id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  remote_id TEXT NOT NULL,
  clip_id TEXT,
  title TEXT,
  phase TEXT NOT NULL,
  remote_status TEXT NOT NULL,
  created_at_ms INTEGER,
  ended_at_ms INTEGER,
  result_url TEXT,
  failure TEXT,
  estimated_duration_ms INTEGER,
  candidate_id TEXT,
  clip_json TEXT,
  revision_mark TEXT,
  first_seen_at_ms INTEGER NOT NULL,
  phase_since_ms INTEGER NOT NULL,
  left_list_at_ms INTEGER,
  gone INTEGER NOT NULL,
  seen INTEGER NOT NULL
) STRICT;
CREATE INDEX jobs_active ON jobs (account_id) WHERE phase IN ('waiting', 'running') AND gone = 0;
CREATE INDEX jobs_recent ON jobs (phase_since_ms);
CREATE INDEX jobs_clip ON jobs (account_id, clip_id);

CREATE TABLE job_events (
  id INTEGER PRIMARY KEY,
  job_id TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
  at_ms INTEGER NOT NULL,
  type TEXT NOT NULL,
  from_phase TEXT,
  to_phase TEXT NOT NULL,
  remote_status TEXT NOT NULL
) STRICT;
CREATE INDEX job_events_job ON job_events (job_id);

CREATE TABLE outbox (
  id TEXT PRIMARY KEY,
  job_id TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
  outcome TEXT NOT NULL,
  created_at_ms INTEGER NOT NULL,
  state TEXT NOT NULL,
  told_at_ms INTEGER
) STRICT;
CREATE INDEX outbox_untold ON outbox (created_at_ms) WHERE state IN ('pending', 'telling');

CREATE TABLE uploads (
  id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  brand_id TEXT NOT NULL,
  path TEXT NOT NULL,
  file_name TEXT NOT NULL,
  mime_type TEXT NOT NULL,
  size_bytes INTEGER NOT NULL,
  modified_at_ms REAL NOT NULL,
  part_size_bytes INTEGER NOT NULL,
  clip_id TEXT,
  upload_id TEXT,
  key TEXT,
  state TEXT NOT NULL,
  problem TEXT,
  remote_text TEXT,
  added_at_ms INTEGER NOT NULL,
  ended_at_ms INTEGER
) STRICT;

CREATE TABLE upload_parts (
  upload_id TEXT NOT NULL REFERENCES uploads (id) ON DELETE CASCADE,
  part_number INTEGER NOT NULL,
  size_bytes INTEGER NOT NULL,
  etag TEXT NOT NULL,
  PRIMARY KEY (upload_id, part_number)
) STRICT, WITHOUT ROWID;

CREATE TABLE settings (
  name TEXT PRIMARY KEY,
  value_json TEXT NOT NULL
) STRICT;
`;
