import { z } from 'zod';
import type { DurationSample } from '../domain/duration-statistics';
import {
  type ClipDetail,
  JOB_KINDS,
  type Job,
  type JobEvent,
  type JobNotification,
  PHASES,
} from '../domain/job';
import type { ChangeFeed } from '../events';
import { addToHistory, type IndexedJob, removeFromHistory, updateInHistory } from './history-index';
import { flagColumn, jsonColumn, type RowParser, type RowParsers } from './row-parser';
import type { Database, Value } from './sql';

const clipDetail: z.ZodType<ClipDetail> = z.object({
  candidates: z.array(
    z.object({
      id: z.string(),
      title: z.string().nullable(),
      startMs: z.number().nullable(),
      endMs: z.number().nullable(),
      score: z.number().nullable(),
    }),
  ),
  editRevision: z.number().nullable(),
  durationMs: z.number().nullable(),
});

const text = z.string().nullable();
const number = z.number().nullable();

const jobRow = z
  .object({
    id: z.string(),
    account_id: z.string(),
    kind: z.enum(JOB_KINDS),
    remote_id: z.string(),
    clip_id: text,
    title: text,
    phase: z.enum(PHASES),
    remote_status: z.string(),
    created_at_ms: number,
    ended_at_ms: number,
    result_url: text,
    failure: text,
    estimated_duration_ms: number,
    candidate_id: text,
    clip_json: jsonColumn(clipDetail).nullable(),
    revision_mark: text,
    first_seen_at_ms: z.number(),
    phase_since_ms: z.number(),
    left_list_at_ms: number,
    out_of_balance: flagColumn,
    gone: flagColumn,
    seen: flagColumn,
  })
  .transform(
    (row): Job => ({
      id: row.id,
      accountId: row.account_id,
      kind: row.kind,
      remoteId: row.remote_id,
      clipId: row.clip_id,
      title: row.title,
      phase: row.phase,
      remoteStatus: row.remote_status,
      createdAtMs: row.created_at_ms,
      endedAtMs: row.ended_at_ms,
      resultUrl: row.result_url,
      failure: row.failure,
      estimatedDurationMs: row.estimated_duration_ms,
      candidateId: row.candidate_id,
      clip: row.clip_json,
      revisionMark: row.revision_mark,
      firstSeenAtMs: row.first_seen_at_ms,
      phaseSinceMs: row.phase_since_ms,
      leftListAtMs: row.left_list_at_ms,
      ...(row.out_of_balance && { outOfBalance: true }),
      gone: row.gone,
      seen: row.seen,
    }),
  );

function toRow(job: Job): Record<string, Value> {
  return {
    id: job.id,
    account_id: job.accountId,
    kind: job.kind,
    remote_id: job.remoteId,
    clip_id: job.clipId,
    title: job.title,
    phase: job.phase,
    remote_status: job.remoteStatus,
    created_at_ms: job.createdAtMs,
    ended_at_ms: job.endedAtMs,
    result_url: job.resultUrl,
    failure: job.failure,
    estimated_duration_ms: job.estimatedDurationMs,
    candidate_id: job.candidateId,
    clip_json: job.clip === null ? null : JSON.stringify(job.clip),
    revision_mark: job.revisionMark,
    first_seen_at_ms: job.firstSeenAtMs,
    phase_since_ms: job.phaseSinceMs,
    left_list_at_ms: job.leftListAtMs,
    out_of_balance: job.outOfBalance ? 1 : 0,
    gone: job.gone ? 1 : 0,
    seen: job.seen ? 1 : 0,
  };
}

function indexedJob(job: Job): IndexedJob {
  return { ...job, startedAtMs: job.createdAtMs ?? job.firstSeenAtMs };
}

/** Brings the search index up to date, and returns the job's sort key in the history. */
function updateIndex(
  database: Database,
  sortKey: number | null,
  before: Job | null,
  after: Job,
): number {
  if (sortKey !== null && before !== null) {
    return updateInHistory(database, sortKey, indexedJob(before), indexedJob(after));
  }
  // The previous row did not parse, so what the index has for it is unknown: replace that.
  if (sortKey !== null) removeFromHistory(database, sortKey);
  return addToHistory(database, indexedJob(after));
}

/** Not REPLACE, which would first delete the row, and with it the job's events and notifications. */
function upsert(database: Database, jobs: RowParser<Job>, job: Job): void {
  const known = database.get('SELECT * FROM jobs WHERE id = ?', job.id);
  const sortKey = known?.place == null ? null : Number(known.place);
  const row = { ...toRow(job), place: updateIndex(database, sortKey, jobs.parse(known), job) };
  const names = Object.keys(row);
  database.run(
    `INSERT INTO jobs (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})
     ON CONFLICT (id) DO UPDATE SET ${names.map((name) => `${name} = excluded.${name}`).join(', ')}`,
    ...Object.values(row),
  );
}

/** What one answer changed, written together or not at all. */
export interface JobChanges {
  jobs: Job[];
  events: JobEvent[];
  notifications: JobNotification[];
  /** What the answer tells of how long such jobs take. */
  durations?: DurationSample[];
}

/** Jobs, their events, and the notifications they cause. */
export function jobRepository(
  database: Database,
  feed: ChangeFeed,
  parsers: RowParsers,
  addDurations: (samples: DurationSample[]) => void,
) {
  const jobs = parsers.create('jobs', ['id'], jobRow);
  const active = `phase IN ('waiting', 'running') AND gone = 0`;
  /**
   * The jobs that the last `recent` returned, by id, with null for rows that do not parse: parsing a row
   * costs several times as much as finding it. Writing a row removes its job here; a deleted row is no
   * longer found.
   */
  let unchanged = new Map<string, Job | null>();
  return {
    get: (id: string): Job | null =>
      jobs.parse(database.get('SELECT * FROM jobs WHERE id = ?', id)),
    active: (accountId: string): Job[] =>
      jobs.all(database.all(`SELECT * FROM jobs WHERE account_id = ? AND ${active}`, accountId)),
    /** A clip's processing and renders. */
    ofClip: (accountId: string, clipId: string): Job[] =>
      jobs.all(
        database.all('SELECT * FROM jobs WHERE account_id = ? AND clip_id = ?', accountId, clipId),
      ),
    /**
     * All active jobs, the `limit` latest others, and those of the latest uploads' clips, each with all
     * other jobs of its clip.
     */
    recent(limit: number): Job[] {
      const found = database.get(
        `WITH chosen AS (
           SELECT id, account_id, clip_id FROM jobs WHERE ${active}
           UNION ALL
           SELECT id, account_id, clip_id FROM
             (SELECT * FROM jobs ORDER BY phase_since_ms DESC LIMIT ?)
           UNION ALL
           SELECT NULL, account_id, clip_id FROM
             (SELECT * FROM uploads WHERE clip_id IS NOT NULL ORDER BY rowid DESC LIMIT ?)
         )
         SELECT json_group_array(id) AS ids FROM jobs WHERE id IN (SELECT id FROM chosen)
           OR (account_id, clip_id) IN
             (SELECT account_id, clip_id FROM chosen WHERE clip_id IS NOT NULL)`,
        limit,
        limit,
      );
      const ids: string[] = JSON.parse(String(found?.ids));
      const rows = database.all(
        'SELECT * FROM jobs WHERE id IN (SELECT value FROM json_each(?))',
        JSON.stringify(ids.filter((id) => !unchanged.has(id))),
      );
      const read = new Map(rows.map((row) => [String(row.id), jobs.parse(row)]));
      unchanged = new Map(ids.map((id) => [id, unchanged.get(id) ?? read.get(id) ?? null]));
      return [...unchanged.values()].filter((job) => job !== null);
    },
    /** Writes jobs, events and notifications in one transaction, before any of them is shown. */
    commit({ jobs: changed, events, notifications, durations = [] }: JobChanges): void {
      if (changed.length + events.length + notifications.length + durations.length === 0) return;
      database.transaction(() => {
        addDurations(durations);
        for (const job of changed) {
          unchanged.delete(job.id);
          upsert(database, jobs, job);
        }
        for (const event of events) {
          database.run(
            `INSERT INTO job_events (job_id, at_ms, source, type, from_phase, to_phase,
               remote_status) VALUES (?, ?, ?, ?, ?, ?, ?)`,
            event.jobId,
            event.atMs,
            event.source,
            event.type,
            event.fromPhase,
            event.toPhase,
            event.remoteStatus,
          );
        }
        for (const notification of notifications) {
          // The id is stable, so a completion that is detected again causes no second notification.
          database.run(
            `INSERT INTO outbox (id, job_id, work_id, outcome, created_at_ms, state)
             VALUES (?, ?, ?, ?, ?, 'pending') ON CONFLICT (id) DO NOTHING`,
            notification.id,
            notification.jobId,
            notification.workId,
            notification.outcome,
            notification.createdAtMs,
          );
        }
        const accountIds = new Set(changed.map((job) => job.accountId));
        for (const accountId of accountIds) {
          database.afterCommit(() => feed.emit('jobs', { accountId }));
        }
      });
    },
    markSeen(jobIds: string[]): void {
      database.transaction(() => {
        for (const id of jobIds) {
          unchanged.delete(id);
          database.run('UPDATE jobs SET seen = 1 WHERE id = ?', id);
        }
        database.afterCommit(() => feed.emit('jobs', { accountId: null }));
      });
    },
  };
}

export type JobRepository = ReturnType<typeof jobRepository>;
