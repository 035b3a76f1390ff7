/**
 * Results that have been or are being downloaded. `folder` has the partial files, so that a download
 * continues after a crash; `path` is set once the file is complete. Files outlive their row.
 */
export const downloads = `
CREATE TABLE downloads (
  job_id TEXT PRIMARY KEY REFERENCES jobs (id) ON DELETE CASCADE,
  state TEXT NOT NULL,
  folder TEXT NOT NULL,
  path TEXT,
  size_bytes INTEGER,
  sha256_hex TEXT,
  problem TEXT,
  begun_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`;
