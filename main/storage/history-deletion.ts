import type { ChangeFeed } from '../events';
import type { Database } from './database';

/** A service whose clock is ahead by less than this does not bring back what was forgotten. */
const CLOCK_DOUBT_MS = 60 * 60_000;

const SETTING = 'forgottenBeforeMs';

const untold = (id: string) =>
  `EXISTS (SELECT 1 FROM outbox WHERE job_id = ${id} AND state IN ('pending', 'telling'))`;

/** Over for long enough, and nobody waits to be told of it. `?1` is the time. */
const isOld = (job: string) =>
  `${job}.phase_since_ms < ?1
   AND (${job}.gone = 1 OR ${job}.phase NOT IN ('waiting', 'running'))
   AND NOT ${untold(`${job}.id`)}`;

/**
 * The clips of a line belong together: none of their jobs goes while one of them has to stay, or while
 * an upload may still need it. A result that nobody has looked at goes with the others: how long the
 * history is kept is the user's word, and some people never open what they were told of.
 */
const OLD_JOBS = `
  SELECT old.id FROM jobs AS old
  WHERE ${isOld('old')}
    AND NOT EXISTS (
      SELECT 1 FROM jobs AS other
      WHERE other.account_id = old.account_id AND other.clip_id = old.clip_id
        AND NOT (${isOld('other')}))
    AND NOT EXISTS (
      SELECT 1 FROM uploads
      WHERE uploads.account_id = old.account_id AND uploads.clip_id = old.clip_id
        AND uploads.state NOT IN ('sent', 'cancelled'))
  ORDER BY old.phase_since_ms LIMIT ?2`;

/** An upload whose clip was forgotten would look as if the clip were still to come. */
const OLD_UPLOADS = `
  SELECT id FROM uploads
  WHERE state IN ('sent', 'cancelled') AND ended_at_ms < ?1
    AND NOT EXISTS (
      SELECT 1 FROM jobs
      WHERE jobs.account_id = uploads.account_id AND jobs.clip_id = uploads.clip_id)
  LIMIT ?2`;

/** Forgetting what was over long ago. */
export function historyDeletion(database: Database, feed: ChangeFeed) {
  /**
   * What ended before has been forgotten: the service may still list it. Not simply what the user
   * chose: work that ended while the app was off for longer than that was never known, and is news.
   */
  function forgottenBeforeMs(): number {
    const row = database.get('SELECT value_json FROM settings WHERE name = ?', SETTING);
    return Number(row?.value_json ?? 0);
  }

  function forgetJobs(ids: string): void {
    const latest = database.get(
      `SELECT max(max(phase_since_ms, coalesce(created_at_ms, 0), coalesce(ended_at_ms, 0))) AS at_ms
       FROM jobs WHERE id IN (SELECT value FROM json_each(?))`,
      ids,
    );
    const untilMs = Number(latest?.at_ms) + CLOCK_DOUBT_MS;
    database.run(
      `INSERT INTO settings VALUES (?, ?)
       ON CONFLICT (name) DO UPDATE SET value_json = excluded.value_json`,
      SETTING,
      JSON.stringify(Math.max(forgottenBeforeMs(), untilMs)),
    );
    // Events and notices go with their job.
    database.run('DELETE FROM jobs WHERE id IN (SELECT value FROM json_each(?))', ids);
  }

  return {
    forgottenBeforeMs,
    /**
     * Forgets at most `limit` jobs that were over before, with all that happened to them, and as many
     * uploads of which nothing is left. True when there may be more.
     */
    forget(beforeMs: number, limit: number): boolean {
      return database.transaction(() => {
        const found = (sql: string) => database.all(sql, beforeMs, limit).map((row) => row.id);
        const jobs = found(OLD_JOBS);
        if (jobs.length > 0) forgetJobs(JSON.stringify(jobs));
        const uploads = found(OLD_UPLOADS);
        if (uploads.length > 0) {
          database.run(
            'DELETE FROM uploads WHERE id IN (SELECT value FROM json_each(?))',
            JSON.stringify(uploads),
          );
        }
        database.afterCommit(() => {
          if (jobs.length > 0) feed.emit('jobs', { accountId: null });
          if (uploads.length > 0) feed.emit('uploads', { uploadId: null });
        });
        return jobs.length === limit || uploads.length === limit;
      });
    },
  };
}
