import type { Download } from '../domain/download';
import type { ChangeFeed } from '../events';
import type { Database, Row } from './database';

const text = (value: unknown) => (value === null ? null : String(value));

function fromRow(row: Row): Download {
  return {
    jobId: String(row.job_id),
    state: String(row.state) as Download['state'],
    folder: String(row.folder),
    path: text(row.path),
    sizeBytes: row.size_bytes === null ? null : Number(row.size_bytes),
    sha256Hex: text(row.sha256_hex),
    problem: text(row.problem) as Download['problem'],
    begunAtMs: Number(row.begun_at_ms),
  };
}

/** Results that were asked for, so that a download goes on after a restart. */
export function downloadRepository(database: Database, feed: ChangeFeed) {
  const changed = (jobId: string) => database.afterCommit(() => feed.emit('downloads', { jobId }));
  return {
    get(jobId: string): Download | null {
      const row = database.get('SELECT * FROM downloads WHERE job_id = ?', jobId);
      return row ? fromRow(row) : null;
    },
    /** All under way and the `limit` latest others, in the order in which they were asked for. */
    recent: (limit: number): Download[] =>
      database
        .all(
          `SELECT * FROM downloads WHERE state = 'under-way' OR job_id IN
             (SELECT job_id FROM downloads ORDER BY begun_at_ms DESC LIMIT ?)
           ORDER BY begun_at_ms`,
          limit,
        )
        .map(fromRow),
    /** Keeps it, in place of an earlier one of the same result. */
    save(download: Download): void {
      database.run(
        `INSERT OR REPLACE INTO downloads (job_id, state, folder, path, size_bytes, sha256_hex,
           problem, begun_at_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
        download.jobId,
        download.state,
        download.folder,
        download.path,
        download.sizeBytes,
        download.sha256Hex,
        download.problem,
        download.begunAtMs,
      );
      changed(download.jobId);
    },
    remove(jobId: string): void {
      database.run('DELETE FROM downloads WHERE job_id = ?', jobId);
      changed(jobId);
    },
  };
}

export type DownloadRepository = ReturnType<typeof downloadRepository>;
