import { isDeepStrictEqual } from 'node:util';
import type { Job, JobEvent, JobObservation, JobRef, Notice, Phase, Snapshot } from '../domain/job';
import { isActive, isTerminal, jobId } from '../domain/job';

/** A status we do not know counts as running for this long, then the job is no longer followed. */
export const UNKNOWN_STATUS_LIMIT_MS = 6 * 60 * 60_000;

/** A job this young may be missing at the service only because it has just been made. */
export const YOUNG_JOB_MS = 60_000;

/** What the watcher knows of the account whose snapshot it is. */
export interface WatchedAccount {
  id: string;
  /** Completions from before this time are history, not news. */
  watchedSinceMs: number;
}

/** What a snapshot changed, and which jobs it leaves to be read by themselves. */
export interface Reconciled {
  jobs: Job[];
  events: JobEvent[];
  notices: Notice[];
  /** Left the list while active, or ended without its details: to be read once. */
  lookups: JobRef[];
}

/** The service uses a word nobody knows, and used another one before. */
function isNewWord(known: Job, seen: JobObservation): boolean {
  return (
    seen.phase === 'unknown' && known.remoteStatus !== seen.remoteStatus && !isTerminal(known.phase)
  );
}

/**
 * The phase after this answer. A status that nobody knows counts as running until the limit. A
 * terminal phase is never left.
 */
function nextPhase(known: Job | undefined, seen: JobObservation, nowMs: number): Phase {
  if (known && isTerminal(known.phase)) return known.phase;
  if (seen.phase !== 'unknown') return seen.phase;
  if (known?.phase === 'unknown') return 'unknown';
  const sinceMs = known && !isNewWord(known, seen) ? known.phaseSinceMs : nowMs;
  return nowMs - sinceMs < UNKNOWN_STATUS_LIMIT_MS ? 'running' : 'unknown';
}

function notice(job: Job, nowMs: number): Notice {
  const outcome = job.gone ? 'gone' : job.phase === 'done' ? 'done' : 'failed';
  // A job that went away may come back and end: that is news of its own.
  const id = `${job.id}/${job.gone ? 'gone' : 'ended'}`;
  return { id, jobId: job.id, outcome, createdAtMs: nowMs };
}

/** Time of the end by our clock: the service's, unless it lies before the job's start or in the future. */
function endedAt(seen: JobObservation, nowMs: number): number {
  const ended = seen.endedAtMs;
  if (ended === null || ended > nowMs) return nowMs;
  if (seen.createdAtMs !== null && ended < seen.createdAtMs) return nowMs;
  return ended;
}

/** Since when a job that was there before us is in its phase, as far as the service tells. */
function begunAt(
  account: WatchedAccount,
  seen: JobObservation,
  over: boolean,
  nowMs: number,
): number {
  const told = (over ? seen.endedAtMs : null) ?? seen.createdAtMs;
  return Math.min(nowMs, told ?? (over ? account.watchedSinceMs : nowMs));
}

function found(account: WatchedAccount, seen: JobObservation, nowMs: number): Job {
  const phase = nextPhase(undefined, seen, nowMs);
  const over = isTerminal(phase);
  const endKnown = seen.endedAtMs ?? seen.createdAtMs;
  const news = over && endKnown !== null && endKnown >= account.watchedSinceMs;
  return {
    ...seen,
    id: jobId(account.id, seen.kind, seen.remoteId),
    accountId: account.id,
    clipId: seen.kind === 'processing' ? seen.remoteId : seen.clipId,
    phase,
    endedAtMs: over ? endedAt(seen, nowMs) : null,
    firstSeenAtMs: nowMs,
    phaseSinceMs: news ? nowMs : begunAt(account, seen, over, nowMs),
    leftListAtMs: null,
    gone: false,
    seen: over && !news,
  };
}

/** The known job with what the answer adds. Null values of an answer never erase what was known. */
function merged(known: Job, seen: JobObservation, nowMs: number): Job {
  const phase = nextPhase(known, seen, nowMs);
  const changed = phase !== known.phase || known.gone || isNewWord(known, seen);
  const ended = isTerminal(phase) && !isTerminal(known.phase);
  return {
    ...known,
    title: seen.title ?? known.title,
    phase,
    remoteStatus:
      isTerminal(known.phase) && known.kind !== 'processing'
        ? known.remoteStatus
        : seen.remoteStatus,
    createdAtMs: known.createdAtMs ?? seen.createdAtMs,
    endedAtMs: ended ? endedAt(seen, nowMs) : known.endedAtMs,
    resultUrl: seen.resultUrl ?? known.resultUrl,
    failure: phase === 'failed' ? (seen.failure ?? known.failure) : null,
    estimatedDurationMs: seen.estimatedDurationMs ?? known.estimatedDurationMs,
    candidateId: seen.candidateId ?? known.candidateId,
    clip: seen.clip ?? known.clip,
    revisionMark: seen.revisionMark ?? known.revisionMark,
    phaseSinceMs: changed ? nowMs : known.phaseSinceMs,
    gone: false,
    seen: ended ? false : known.seen,
  };
}

function phaseEvent(from: Job | null, to: Job, nowMs: number): JobEvent {
  return {
    jobId: to.id,
    atMs: nowMs,
    type: from === null ? 'found' : to.gone ? 'gone' : 'phase',
    fromPhase: from?.phase ?? null,
    toPhase: to.phase,
    remoteStatus: to.remoteStatus,
  };
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
  nowMs: number,
): Reconciled {
  const result: Reconciled = { jobs: [], events: [], notices: [], lookups: [] };
  const shown = new Set<string>();

  for (const seen of snapshot.observations) {
    const id = jobId(account.id, seen.kind, seen.remoteId);
    // The same job twice in one answer: the first one counts.
    if (shown.has(id)) continue;
    shown.add(id);
    const before = known.get(id) ?? null;
    const after = before ? merged(before, seen, nowMs) : found(account, seen, nowMs);
    // Back in the list that it had left: followed there again.
    if (before?.leftListAtMs && snapshot.covers && isActive(after)) after.leftListAtMs = null;
    if (before && isDeepStrictEqual(before, after)) continue;
    result.jobs.push(after);
    if (!before || before.phase !== after.phase || before.gone) {
      result.events.push(phaseEvent(before, after, nowMs));
    }
    const ended = isTerminal(after.phase) && !(before && isTerminal(before.phase));
    if (ended && !after.seen) result.notices.push(notice(after, nowMs));
    if (after.kind !== 'processing' || after.phase !== 'done') continue;
    const touched = before !== null && before.revisionMark !== after.revisionMark;
    if (touched || (after.clip === null && !after.seen)) result.lookups.push(after);
    // Edited or rendered somewhere else: its renders are the only place that tells.
    if (touched) result.lookups.push({ kind: 'render', remoteId: '', clipId: after.remoteId });
  }

  if (snapshot.covers) {
    const { kind, clipId } = snapshot.covers;
    for (const job of known.values()) {
      if (job.accountId !== account.id || job.kind !== kind || shown.has(job.id)) continue;
      if (!isActive(job) || (clipId !== null && job.clipId !== clipId)) continue;
      result.lookups.push(job);
      if (job.leftListAtMs !== null) continue;
      const left = { ...job, leftListAtMs: nowMs };
      result.jobs.push(left);
      result.events.push({ ...phaseEvent(job, left, nowMs), type: 'left-list' });
    }
  }
  return result;
}

/**
 * The service says it does not know the job. A young one is given time; an older one is over, and
 * the user is told that it went away rather than that it failed.
 */
export function reconcileGone(job: Job, nowMs: number): Reconciled {
  const nothing: Reconciled = { jobs: [], events: [], notices: [], lookups: [] };
  if (!isActive(job) || nowMs - job.firstSeenAtMs < YOUNG_JOB_MS) return nothing;
  const after: Job = {
    ...job,
    phase: 'unknown',
    gone: true,
    phaseSinceMs: nowMs,
    endedAtMs: nowMs,
  };
  return {
    ...nothing,
    jobs: [after],
    events: [phaseEvent(job, after, nowMs)],
    notices: [notice(after, nowMs)],
  };
}
