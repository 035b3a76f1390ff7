import type { Job, JobEvent, JobRef, Snapshot } from '../domain/job';
import { isActive } from '../domain/job';
import { jobEvent } from './job-event';
import type { Moment } from './job-transition';

/** The jobs that left a list, as they are now, and which of them to look up. */
interface LeftList {
  jobs: Job[];
  events: JobEvent[];
  lookups: JobRef[];
}

/** The active jobs of the account that the snapshot would have shown. */
function missingIn(
  { covers }: Snapshot,
  shownIds: { has(jobId: string): boolean },
  accountId: string,
  known: Iterable<Job>,
): Job[] {
  if (!covers) return [];
  return [...known].filter(
    (job) =>
      job.accountId === accountId &&
      job.kind === covers.kind &&
      !shownIds.has(job.id) &&
      isActive(job) &&
      (covers.clipId === null || job.clipId === covers.clipId),
  );
}

/**
 * What becomes of active jobs that are missing in a list that should have shown them. That only means
 * that they changed, not how: each is marked as having left the list, and is looked up once.
 */
export function jobsThatLeftList(
  snapshot: Snapshot,
  shownIds: { has(jobId: string): boolean },
  accountId: string,
  known: Iterable<Job>,
  moment: Moment,
): LeftList {
  const result: LeftList = { jobs: [], events: [], lookups: [] };
  const isClipList = snapshot.covers !== null && snapshot.covers.clipId !== null;
  for (const job of missingIn(snapshot, shownIds, accountId, known)) {
    const isNew = job.leftListAtMs === null;
    // Nothing but the list of its own clip shows a render, so a render is looked up each time.
    if (isNew || isClipList) result.lookups.push(job);
    if (!isNew) continue;
    const left = { ...job, leftListAtMs: moment.nowMs };
    result.jobs.push(left);
    result.events.push(jobEvent('left-list', job, left, moment));
  }
  return result;
}

/** The job, no longer marked as having left the list if it is back in it. */
export function backInList(job: Job, snapshot: Snapshot): Job {
  const isBack = snapshot.covers !== null && isActive(job) && job.leftListAtMs !== null;
  return isBack ? { ...job, leftListAtMs: null } : job;
}

/**
 * Ids of the jobs that an incomplete list did not show. That proves nothing, since newer jobs may have
 * pushed them off, so they are looked up one by one from now on.
 */
export function pushedOffList(shownIds: ReadonlySet<string>, listed: Job[]): Set<string> {
  return new Set(listed.map(({ id }) => id).filter((id) => !shownIds.has(id)));
}
