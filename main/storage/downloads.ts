import { z } from 'zod';
import { DOWNLOAD_PROBLEMS, DOWNLOAD_STATES, type Download } from '../domain/download';
import type { ChangeFeed } from '../events';
import type { RowParsers } from './row-parser';
import type { Database } from './sql';

const downloadRow = z
  .object({
    job_id: z.string(),
    state: z.enum(DOWNLOAD_STATES),
    folder: z.string(),
    path: z.string().nullable(),
    size_bytes: z.number().nullable(),
    sha256_hex: z.string().nullable(),
    problem: z.enum(DOWNLOAD_PROBLEMS).nullable(),
    begun_at_ms: z.number(),
  })
  .transform(
    (row): Download => ({
      jobId: row.job_id,
      state: row.state,
      folder: row.folder,
      path: row.path,
      sizeBytes: row.size_bytes,
      sha256Hex: row.sha256_hex,
      problem: row.problem,
      begunAtMs: row.begun_at_ms,
    }),
  );

/** Requested downloads of results, so that they continue after a restart. */
export function downloadRepository(database: Database, feed: ChangeFeed, parsers: RowParsers) {
  const downloads = parsers.create('downloads', ['job_id'], downloadRow);
  const changed = (jobId: string) => database.afterCommit(() => feed.emit('downloads', { jobId }));
  return {
    get: (jobId: string): Download | null =>
      downloads.parse(database.get('SELECT * FROM downloads WHERE job_id = ?', jobId)),
    /** All that are under way and the `limit` latest others, in the order in which they were requested. */
    recent: (limit: number): Download[] =>
      downloads.all(
        database.all(
          `SELECT * FROM downloads WHERE state = 'under-way' OR job_id IN
             (SELECT job_id FROM downloads ORDER BY begun_at_ms DESC LIMIT ?)
           ORDER BY begun_at_ms`,
          limit,
        ),
      ),
    /** Stores it, replacing an earlier download of the same result. */
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
