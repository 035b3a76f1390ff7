import { z } from 'zod';
import type { ChangeFeed } from '../events';
import { jsonColumn, type RowParsers } from './row-parser';
import type { Database } from './sql';

/** Clocks of services differ from ours by less than this. */
const CLOCK_SLACK_MS = 60 * 60_000;

const SETTING = 'forgottenBeforeMs';

/** Includes states that we do not know: what another version still has to deliver must not be lost. */
const isUndelivered = (column: string, id: string) =>
  `EXISTS (SELECT 1 FROM outbox WHERE ${column} = ${id} AND state <> 'told')`;

/** Ended before `?1`, in a phase that we know, and with no notification left to deliver. */
const isOld = (job: string) =>
  `${job}.phase_since_ms < ?1
   AND (${job}.gone = 1 OR ${job}.phase IN ('done', 'failed', 'unknown'))
   AND NOT ${isUndelivered('job_id', `${job}.id`)}`;

/** A clip's jobs stay as long as one of them has to stay, or an upload may still need the clip. */
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

/** An upload whose clip was deleted would look as if the clip were still to come. */
const OLD_UPLOADS = `
  SELECT id FROM uploads
  WHERE state IN ('sent', 'cancelled') AND ended_at_ms < ?1
    AND NOT ${isUndelivered('upload_id', 'uploads.id')}
    AND NOT EXISTS (
      SELECT 1 FROM jobs
      WHERE jobs.account_id = uploads.account_id AND jobs.clip_id = uploads.clip_id)
  LIMIT ?2`;

/** Deletion of what ended long ago. The rules are in `main/history/retention.ts`. */
export function historyDeletion(database: Database, feed: ChangeFeed, parsers: RowParsers) {
  const deletedBefore = parsers.create(
    'settings',
    ['name'],
    z.object({ value_json: jsonColumn(z.number()) }),
  );

  /**
   * Jobs that ended before this time have been deleted, though their services may still list them. It
   * does not follow from the setting alone: work that ended while the app was off for longer than that
   * was never known, and is worth a notification.
   */
  function deletedBeforeMs(): number {
    const row = database.get('SELECT * FROM settings WHERE name = ?', SETTING);
    return deletedBefore.parse(row)?.value_json ?? 0;
  }

  function deleteJobs(ids: string): void {
    const latest = database.get(
      `SELECT max(max(phase_since_ms, coalesce(created_at_ms, 0), coalesce(ended_at_ms, 0))) AS at_ms
       FROM jobs WHERE id IN (SELECT value FROM json_each(?))`,
      ids,
    );
    const untilMs = Number(latest?.at_ms) + CLOCK_SLACK_MS;
    database.run(
      `INSERT INTO settings VALUES (?, ?)
       ON CONFLICT (name) DO UPDATE SET value_json = excluded.value_json`,
      SETTING,
      JSON.stringify(Math.max(deletedBeforeMs(), untilMs)),
    );
    // Events and notifications go with their job.
    database.run('DELETE FROM jobs WHERE id IN (SELECT value FROM json_each(?))', ids);
  }

  return {
    deletedBeforeMs,
    /**
     * Deletes at most `limit` jobs that ended before this time, with their events, and at most `limit`
     * uploads whose clips have no jobs left. True when there may be more.
     */
    deleteEndedBefore(beforeMs: number, limit: number): boolean {
      return database.transaction(() => {
        const found = (sql: string) => database.all(sql, beforeMs, limit).map((row) => row.id);
        const jobs = found(OLD_JOBS);
        if (jobs.length > 0) deleteJobs(JSON.stringify(jobs));
        const uploads = found(OLD_UPLOADS);
        if (uploads.length > 0) {
          database.run(
            'DELETE FROM uploads WHERE id IN (SELECT value FROM json_each(?))',
            JSON.stringify(uploads),
          );
        }
        const hasMore = jobs.length === limit || uploads.length === limit;
        // With the last batch only: windows would be brought up to date for each of hundreds.
        if (!hasMore) {
          database.afterCommit(() => {
            feed.emit('jobs', { accountId: null });
            feed.emit('uploads', { uploadId: null });
          });
        }
        return hasMore;
      });
    },
  };
}
