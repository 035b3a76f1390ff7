import { z } from 'zod';
import type { ClipDetail, Job, JobEvent, JobKind, JobNotification, Phase } from '../domain/job';
import type { ChangeFeed } from '../events';
import type { Database, Row, Value } from './database';
import { addToHistory, changeInHistory, type HistoryEntry } from './history-index';

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

const text = (value: unknown) => (value === null ? null : String(value));
const number = (value: unknown) => (value === null ? null : Number(value));

function fromRow(row: Row): Job {
  return {
    id: String(row.id),
    accountId: String(row.account_id),
    kind: String(row.kind) as JobKind,
    remoteId: String(row.remote_id),
    clipId: text(row.clip_id),
    title: text(row.title),
    phase: String(row.phase) as Phase,
    remoteStatus: String(row.remote_status),
    createdAtMs: number(row.created_at_ms),
    endedAtMs: number(row.ended_at_ms),
    resultUrl: text(row.result_url),
    failure: text(row.failure),
    estimatedDurationMs: number(row.estimated_duration_ms),
    candidateId: text(row.candidate_id),
    clip: row.clip_json === null ? null : clipDetail.parse(JSON.parse(String(row.clip_json))),
    revisionMark: text(row.revision_mark),
    firstSeenAtMs: Number(row.first_seen_at_ms),
    phaseSinceMs: Number(row.phase_since_ms),
    leftListAtMs: number(row.left_list_at_ms),
    gone: row.gone === 1,
    seen: row.seen === 1,
  };
}

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
    gone: job.gone ? 1 : 0,
    seen: job.seen ? 1 : 0,
  };
}

function entryOf(job: Job): HistoryEntry {
  return { ...job, startedAtMs: job.createdAtMs ?? job.firstSeenAtMs };
}

/** REPLACE would delete the row first, and with it the job's events and notices. */
function upsert(database: Database, job: Job): void {
  const known = database.get('SELECT * FROM jobs WHERE id = ?', job.id);
  const place = known
    ? changeInHistory(database, Number(known.place), entryOf(fromRow(known)), entryOf(job))
    : addToHistory(database, entryOf(job));
  const row = { ...toRow(job), place };
  const names = Object.keys(row);
  database.run(
    `INSERT INTO jobs (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})
     ON CONFLICT (id) DO UPDATE SET ${names.map((name) => `${name} = excluded.${name}`).join(', ')}`,
    ...Object.values(row),
  );
}

/** What one poll changed: written together or not at all. */
export interface JobChanges {
  jobs: Job[];
  events: JobEvent[];
  notifications: JobNotification[];
}

/** Jobs, their events, and the notices they cause. */
export function jobRepository(database: Database, feed: ChangeFeed) {
  const active = `phase IN ('waiting', 'running') AND gone = 0`;
  /**
   * The jobs of the last `recent`, by id: reading a row costs several times as much as finding it.
   * Whoever writes a row takes its job out; a row that is deleted is not found any more.
   */
  let unchanged = new Map<string, Job>();
  return {
    get(id: string): Job | null {
      const row = database.get('SELECT * FROM jobs WHERE id = ?', id);
      return row ? fromRow(row) : null;
    },
    active: (accountId: string): Job[] =>
      database.all(`SELECT * FROM jobs WHERE account_id = ? AND ${active}`, accountId).map(fromRow),
    /** A clip's processing and renders. */
    ofClip: (accountId: string, clipId: string): Job[] =>
      database
        .all('SELECT * FROM jobs WHERE account_id = ? AND clip_id = ?', accountId, clipId)
        .map(fromRow),
    /**
     * All active jobs, the `limit` latest others, and those of the latest uploads' clips, with the
     * whole of each clip they belong to.
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
      const read = new Map(rows.map((row) => [String(row.id), fromRow(row)]));
      const jobs = ids.flatMap((id) => unchanged.get(id) ?? read.get(id) ?? []);
      unchanged = new Map(jobs.map((job) => [job.id, job]));
      return jobs;
    },
    /** Writes changes, events and notices in one transaction, before anything of them is shown. */
    commit(changes: JobChanges): void {
      if (changes.jobs.length + changes.events.length + changes.notifications.length === 0) return;
      database.transaction(() => {
        for (const job of changes.jobs) {
          unchanged.delete(job.id);
          upsert(database, job);
        }
        for (const event of changes.events) {
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
        for (const notice of changes.notifications) {
          // The id is stable, so a completion seen again cannot ask to be told again.
          database.run(
            `INSERT INTO outbox (id, job_id, work_id, outcome, created_at_ms, state)
             VALUES (?, ?, ?, ?, ?, 'pending') ON CONFLICT (id) DO NOTHING`,
            notice.id,
            notice.jobId,
            notice.workId,
            notice.outcome,
            notice.createdAtMs,
          );
        }
        const accountIds = new Set(changes.jobs.map((job) => job.accountId));
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
