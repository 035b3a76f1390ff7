import { isDeepStrictEqual } from 'node:util';
import type {
  EventSource,
  Job,
  JobEvent,
  JobNotification,
  JobObservation,
  JobRef,
  Snapshot,
} from '../domain/job';
import { isActive, isTerminal, JOB_KINDS, jobId } from '../domain/job';
import { completionNotification, eventType, jobEvent } from './job-event';
import {
  deletedFromHistory,
  jobAfter,
  type Moment,
  newJob,
  type PolledAccount,
} from './job-transition';
import { backInList, jobsThatLeftList } from './left-list';

/** A job this young may be missing at the service only because it has just been created. */
export const YOUNG_JOB_MS = 60_000;

/** What an answer changed, and which jobs are to be looked up because of it. */
export interface Reconciled {
  jobs: Job[];
  events: JobEvent[];
  notifications: JobNotification[];
  /** Jobs that left the list while active, changed their kind, or ended without their details. */
  lookups: JobRef[];
}

const nothingChanged = (): Reconciled => ({ jobs: [], events: [], notifications: [], lookups: [] });

/**
 * One row for each job. A service that shows a job twice built its list while the job moved on. A job
 * never leaves a terminal phase, so a row with one is the newer one. Otherwise the first row counts, so
 * that the job does not go back and forth between the two with each answer.
 */
function withoutDuplicates(
  account: PolledAccount,
  rows: JobObservation[],
): Map<string, JobObservation> {
  const byId = new Map<string, JobObservation>();
  for (const row of rows) {
    const id = jobId(account.id, row.kind, row.remoteId);
    const first = byId.get(id);
    if (!first || (isTerminal(row.phase) && !isTerminal(first.phase))) byId.set(id, row);
  }
  return byId;
}

/** Active jobs whose remote id the answer shows only under another kind, to which it belongs now. */
function jobsUnderOtherKinds(
  account: PolledAccount,
  known: ReadonlyMap<string, Job>,
  shown: ReadonlyMap<string, JobObservation>,
  { kind, remoteId }: JobObservation,
): JobRef[] {
  return JOB_KINDS.filter((other) => other !== kind).flatMap((other) => {
    const job = known.get(jobId(account.id, other, remoteId));
    if (!job || !isActive(job) || shown.has(job.id)) return [];
    // Without an id, all renders of the clip are looked up; with one, it would count as missing.
    return [other === 'render' ? { kind: other, remoteId: '', clipId: job.clipId } : job];
  });
}

/** Only `clip` is deep: `isDeepStrictEqual` of the whole job would take several times as long. */
function isSame(before: Job, after: Job): boolean {
  let name: keyof Job;
  // `Object.keys` would allocate an array for each job.
  for (name in after) {
    if (before[name] !== after[name] && !isDeepStrictEqual(before[name], after[name])) return false;
  }
  return true;
}

/** The notification of a job that has just ended; none if it ended before the account was polled. */
function notificationsOf(
  account: PolledAccount,
  before: Job | null,
  after: Job,
  nowMs: number,
): JobNotification[] {
  const wasEnded = before !== null && isTerminal(before.phase);
  // An end without a time was taken for one from before the account was polled.
  const isNews = !wasEnded || (before.endedAtMs === null && after.endedAtMs !== null);
  const hasEnded = isTerminal(after.phase) && isNews;
  if (!hasEnded || after.seen) return [];
  return [completionNotification(account.service, after, nowMs)];
}

/**
 * What to look up about a clip that is done: the clip itself if it has changed or its details are not
 * known, and its renders if it has changed. `isTouched`: it was deleted from the history, and the
 * service has changed it since.
 */
function lookupsOfDoneClip(before: Job | null, after: Job, isTouched: boolean): JobRef[] {
  if (after.kind !== 'processing' || after.phase !== 'done') return [];
  const hasChanged = before !== null && before.revisionMark !== after.revisionMark;
  const lookups: JobRef[] = [];
  if (hasChanged || (after.clip === null && !after.seen)) lookups.push(after);
  // It was edited or rendered elsewhere, and only its renders can tell which.
  if (hasChanged || isTouched) {
    lookups.push({ kind: 'render', remoteId: '', clipId: after.remoteId });
  }
  return lookups;
}

/**
 * Everything that an answer means: which jobs changed, what happened to them, what the user is notified
 * of, and which jobs to look up. Pure: the same known jobs and snapshot give the same result. `known`
 * holds every active job of the account and every job that the snapshot shows.
 */
export function reconcile(
  account: PolledAccount,
  known: ReadonlyMap<string, Job>,
  snapshot: Snapshot,
  source: EventSource,
  nowMs: number,
): Reconciled {
  const result = nothingChanged();
  const moment: Moment = { source, nowMs };
  const shown = withoutDuplicates(account, snapshot.observations);
  for (const [id, seen] of shown) {
    const before = known.get(id) ?? null;
    const deleted = before ? 'no' : deletedFromHistory(account, seen, moment);
    if (deleted === 'yes') continue;
    const job = before ? jobAfter(before, seen, moment) : newJob(account, seen, moment);
    const after = backInList(job, snapshot);
    if (!before) result.lookups.push(...jobsUnderOtherKinds(account, known, shown, seen));
    else if (isSame(before, after)) continue;
    result.jobs.push(after);
    const type = eventType(before, after);
    if (type) result.events.push(jobEvent(type, before, after, moment));
    result.notifications.push(...notificationsOf(account, before, after, nowMs));
    result.lookups.push(...lookupsOfDoneClip(before, after, deleted === 'touched'));
  }
  const left = jobsThatLeftList(snapshot, shown, account.id, known.values(), moment);
  result.jobs.push(...left.jobs);
  result.events.push(...left.events);
  result.lookups.push(...left.lookups);
  return result;
}

/**
 * The service says that it does not know the job. A young job is given time; an older one is over, and
 * the user is notified that it is gone, not that it failed.
 */
export function reconcileGone(account: PolledAccount, job: Job, nowMs: number): Reconciled {
  if (!isActive(job) || nowMs - job.firstSeenAtMs < YOUNG_JOB_MS) return nothingChanged();
  const after: Job = {
    ...job,
    phase: 'unknown',
    gone: true,
    phaseSinceMs: nowMs,
    endedAtMs: nowMs,
    seen: false,
  };
  return {
    ...nothingChanged(),
    jobs: [after],
    events: [jobEvent('gone', job, after, { source: 'read', nowMs })],
    notifications: [completionNotification(account.service, after, nowMs)],
  };
}

/** The user had the service delete the job: it is over with whatever result it had, and nobody is notified. */
export function reconcileRemoved(job: Job, nowMs: number): Reconciled {
  const after: Job = {
    ...job,
    phase: isTerminal(job.phase) ? job.phase : 'unknown',
    gone: true,
    resultUrl: null,
    phaseSinceMs: nowMs,
    endedAtMs: job.endedAtMs ?? nowMs,
    seen: true,
  };
  const moment: Moment = { source: 'removal', nowMs };
  return { ...nothingChanged(), jobs: [after], events: [jobEvent('gone', job, after, moment)] };
}
