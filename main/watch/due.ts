import type { Job, JobKind, JobRef } from '../domain/job';
import { jobIntervalMs } from './interval';

/** A read of its own: one job, or all renders of one clip. */
export interface DueRead {
  key: string;
  job: JobRef;
  dueAtMs: number;
}

/** What an account's next poll has to ask, and when. */
export interface Due {
  listAtMs: number;
  reads: DueRead[];
}

/** Reads with the same key are answered by one request. */
export function readKey(job: JobRef): string {
  return job.kind === 'render' ? `renders/${job.clipId}` : `${job.kind}/${job.remoteId}`;
}

/**
 * When to list and which jobs to read by themselves, from the active jobs and the times of the last
 * looks (by `readKey`; the list's under `list`). Jobs that the list shows cost no request of their own.
 */
export function whatIsDue(
  active: Job[],
  lastLookAtMs: ReadonlyMap<string, number>,
  listShows: readonly JobKind[],
  idleIntervalMs: number,
  nowMs: number,
): Due {
  const listed = (job: Job) => listShows.includes(job.kind) && job.leftListAtMs === null;
  const intervalMs = (job: Job) =>
    jobIntervalMs(
      { startedAtMs: job.firstSeenAtMs, estimatedDurationMs: job.estimatedDurationMs },
      nowMs,
    );
  const listLastMs = lastLookAtMs.get('list');
  const listAtMs =
    listLastMs === undefined
      ? nowMs
      : listLastMs + Math.min(idleIntervalMs, ...active.filter(listed).map(intervalMs));
  const reads = new Map<string, DueRead>();
  for (const job of active) {
    if (listed(job)) continue;
    const key = readKey(job);
    const lastMs = lastLookAtMs.get(key);
    const dueAtMs = lastMs === undefined ? nowMs : lastMs + intervalMs(job);
    const other = reads.get(key);
    if (!other || dueAtMs < other.dueAtMs) reads.set(key, { key, job, dueAtMs });
  }
  return { listAtMs, reads: [...reads.values()].sort((a, b) => a.dueAtMs - b.dueAtMs) };
}

/** The earliest of all that is due. */
export function earliestMs(due: Due): number {
  return Math.min(due.listAtMs, ...due.reads.map((read) => read.dueAtMs));
}
