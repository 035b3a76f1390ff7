/**
 * The order of the queue as a column of its own, and each upload's log.
 *
 * Uploads that are paused or failed already count as such from now on: until this version, users did not
 * know that they are kept for a limited time only. `kind` repeats a field of the JSON, so that SQL can
 * select by it.
 */
export const uploadQueue = `
ALTER TABLE uploads ADD COLUMN queue_position INTEGER NOT NULL DEFAULT 0;
ALTER TABLE uploads ADD COLUMN rests_since_ms INTEGER;
ALTER TABLE uploads ADD COLUMN sha256_hex TEXT;
UPDATE uploads SET queue_position = rowid;
UPDATE uploads SET rests_since_ms = unixepoch() * 1000 WHERE state IN ('paused', 'failed');
CREATE INDEX uploads_queue ON uploads (queue_position);
CREATE INDEX uploads_path ON uploads (path);

ALTER TABLE upload_parts ADD COLUMN sent_at_ms INTEGER;
ALTER TABLE upload_parts ADD COLUMN took_ms INTEGER;
ALTER TABLE upload_parts ADD COLUMN tries INTEGER;
ALTER TABLE upload_parts ADD COLUMN md5_hex TEXT;

CREATE TABLE upload_events (
  id INTEGER PRIMARY KEY,
  upload_id TEXT NOT NULL REFERENCES uploads (id) ON DELETE CASCADE,
  at_ms INTEGER NOT NULL,
  kind TEXT NOT NULL,
  event_json TEXT NOT NULL
) STRICT;
CREATE INDEX upload_events_upload ON upload_events (upload_id, kind);
`;
