import { isDeepStrictEqual } from 'node:util';
import type { ServiceId } from '../domain/account';
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
import { forgotten, found, type Moment, merged, type WatchedAccount } from './job-transition';

export type { WatchedAccount } from './job-transition';

/** A job this young may be missing at the service only because it has just been made. */
export const YOUNG_JOB_MS = 60_000;

/** What a snapshot changed, and which jobs it leaves to be read by themselves. */
export interface Reconciled {
  jobs: Job[];
  events: JobEvent[];
  notifications: JobNotification[];
  /** Left the list while active, changed its kind, or ended without its details: to be read once. */
  lookups: JobRef[];
}

function notice(service: ServiceId, job: Job, nowMs: number): JobNotification {
  const outcome = job.gone ? 'gone' : job.phase === 'done' ? 'done' : 'failed';
  // A job that went away may come back and end: that is news of its own.
  const end = job.gone ? 'gone' : 'ended';
  const workId = `${service}/${job.kind}/${job.remoteId}/${end}`;
  return { id: `${job.id}/${end}`, jobId: job.id, workId, outcome, createdAtMs: nowMs };
}

/** `from` and `to` make a chain: what one event leads to is where the job's next one begins. */
function event(
  type: JobEvent['type'],
  from: Job | null,
  to: Job,
  { source, nowMs }: Moment,
): JobEvent {
  return {
    jobId: to.id,
    atMs: nowMs,
    source,
    type,
    fromPhase: from?.phase ?? null,
    toPhase: to.phase,
    remoteStatus: to.remoteStatus,
  };
}

/** What happened between the two, or null when only details changed. */
function eventType(before: Job | null, after: Job): JobEvent['type'] | null {
  if (before === null) return 'found';
  const isBack = before.gone || (before.leftListAtMs !== null && after.leftListAtMs === null);
  if (isBack) return 'back';
  return before.phase === after.phase ? null : 'phase';
}

/**
 * One row for each job. A service that lists a job twice has made the list while the job went on:
 * since no job leaves its end, a row with an end is the newer one. Otherwise the first one counts, so
 * that two rows cannot make a job change to and fro in every answer.
 */
function oneRowEach(account: WatchedAccount, rows: JobObservation[]): Map<string, JobObservation> {
  const byId = new Map<string, JobObservation>();
  for (const row of rows) {
    const id = jobId(account.id, row.kind, row.remoteId);
    const first = byId.get(id);
    if (!first || (isTerminal(row.phase) && !isTerminal(first.phase))) byId.set(id, row);
  }
  return byId;
}

/** Active jobs that the answer names under another kind only: another job has their id now. */
function underOtherKinds(
  account: WatchedAccount,
  known: ReadonlyMap<string, Job>,
  shown: ReadonlyMap<string, JobObservation>,
  { kind, remoteId }: JobObservation,
): JobRef[] {
  return JOB_KINDS.filter((other) => other !== kind).flatMap((other) => {
    const job = known.get(jobId(account.id, other, remoteId));
    if (!job || !isActive(job) || shown.has(job.id)) return [];
    // A render without an id asks for all of its clip: named by itself it would count as missing.
    return [other === 'render' ? { kind: other, remoteId: '', clipId: job.clipId } : job];
  });
}

/** `isDeepStrictEqual` of the whole takes several times as long, and only `clip` is deep. */
function isSame(before: Job, after: Job): boolean {
  let name: keyof Job;
  // `Object.keys` would make an array for each job.
  for (name in after) {
    if (before[name] !== after[name] && !isDeepStrictEqual(before[name], after[name])) return false;
  }
  return true;
}

/**
 * All meaning of an answer: which jobs changed, what happened, what the user must be told, and which
 * jobs need a look of their own. Pure: the same known jobs and snapshot give the same result.
 * `known` holds every active job of the account and every job the snapshot names.
 */
export function reconcile(
  account: WatchedAccount,
  known: ReadonlyMap<string, Job>,
  snapshot: Snapshot,
  source: EventSource,
  nowMs: number,
): Reconciled {
  const result: Reconciled = { jobs: [], events: [], notifications: [], lookups: [] };
  const moment: Moment = { source, nowMs };
  const shown = oneRowEach(account, snapshot.observations);

  for (const [id, seen] of shown) {
    const before = known.get(id) ?? null;
    const was = before ? 'no' : forgotten(account, seen, moment);
    if (was === 'yes') continue;
    let after = before ? merged(before, seen, moment) : found(account, seen, moment);
    // Back in the list that it had left: followed there again.
    if (snapshot.covers && isActive(after) && after.leftListAtMs !== null) {
      after = { ...after, leftListAtMs: null };
    }
    if (!before) result.lookups.push(...underOtherKinds(account, known, shown, seen));
    if (before && isSame(before, after)) continue;
    result.jobs.push(after);
    const type = eventType(before, after);
    if (type) result.events.push(event(type, before, after, moment));
    const ended = isTerminal(after.phase) && !(before && isTerminal(before.phase));
    if (ended && !after.seen) result.notifications.push(notice(account.service, after, nowMs));
    if (after.kind !== 'processing' || after.phase !== 'done') continue;
    const touched = before !== null && before.revisionMark !== after.revisionMark;
    if (touched || (after.clip === null && !after.seen)) result.lookups.push(after);
    // Edited or rendered somewhere else: its renders are the only place that tells.
    if (touched || was === 'touched') {
      result.lookups.push({ kind: 'render', remoteId: '', clipId: after.remoteId });
    }
  }

  if (snapshot.covers) {
    const { kind, clipId } = snapshot.covers;
    for (const job of known.values()) {
      if (job.accountId !== account.id || job.kind !== kind || shown.has(job.id)) continue;
      if (!isActive(job) || (clipId !== null && job.clipId !== clipId)) continue;
      // In the list of its own clip nothing else could show it, however often that is read.
      if (job.leftListAtMs === null || clipId !== null) result.lookups.push(job);
      if (job.leftListAtMs !== null) continue;
      const left = { ...job, leftListAtMs: nowMs };
      result.jobs.push(left);
      result.events.push(event('left-list', job, left, moment));
    }
  }
  return result;
}

/**
 * The service says it does not know the job. A young one is given time; an older one is over, and
 * the user is told that it went away rather than that it failed.
 */
export function reconcileGone(account: WatchedAccount, job: Job, nowMs: number): Reconciled {
  const nothing: Reconciled = { jobs: [], events: [], notifications: [], lookups: [] };
  if (!isActive(job) || nowMs - job.firstSeenAtMs < YOUNG_JOB_MS) return nothing;
  const after: Job = {
    ...job,
    phase: 'unknown',
    gone: true,
    phaseSinceMs: nowMs,
    endedAtMs: nowMs,
    seen: false,
  };
  return {
    ...nothing,
    jobs: [after],
    events: [event('gone', job, after, { source: 'read', nowMs })],
    notifications: [notice(account.service, after, nowMs)],
  };
}

/** The user had the service delete it: over, and no news. What there was of a result is gone too. */
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
  return {
    jobs: [after],
    events: [event('gone', job, after, moment)],
    notifications: [],
    lookups: [],
  };
}
