import type { ServiceId } from '../domain/account';
import type { EventSource, Job, JobObservation, Phase } from '../domain/job';
import { isTerminal, jobId } from '../domain/job';

/** A status that we do not know counts as running for this long; then the job is no longer followed. */
export const UNKNOWN_STATUS_LIMIT_MS = 6 * 60 * 60_000;

/** The account that an answer is about. */
export interface PolledAccount {
  id: string;
  service: ServiceId;
  /** The user is not notified of completions from before this time. */
  polledSinceMs: number;
  /** The history from before this time was deleted: jobs that ended then are not brought back. */
  deletedBeforeMs: number;
}

/** When an answer came, and from where. */
export interface Moment {
  source: EventSource;
  nowMs: number;
}

/** Whether the service uses an unknown word that differs from the one before. */
function isNewWord(known: Job, seen: JobObservation): boolean {
  return (
    seen.phase === 'unknown' && known.remoteStatus !== seen.remoteStatus && !isTerminal(known.phase)
  );
}

/** Whether an answer from before the job's end arrives after it: nothing in it is news. */
function isLate(known: Job, seen: JobObservation): boolean {
  return isTerminal(known.phase) && (seen.phase === 'waiting' || seen.phase === 'running');
}

/**
 * The phase after this answer. A status that we do not know counts as running until the limit. A
 * terminal phase is never left.
 */
function nextPhase(known: Job, seen: JobObservation, nowMs: number): Phase {
  if (isTerminal(known.phase)) return known.phase;
  if (seen.phase !== 'unknown') return seen.phase;
  // A job that is no longer followed stays so while its status is unknown; a gone one starts afresh.
  if (known.phase === 'unknown' && !known.gone) return 'unknown';
  const sinceMs = known.gone || isNewWord(known, seen) ? nowMs : known.phaseSinceMs;
  return nowMs - sinceMs < UNKNOWN_STATUS_LIMIT_MS ? 'running' : 'unknown';
}

/** When the job was created. Never in the future, even if the service's clock is ahead of ours. */
function createdAt(seen: JobObservation, nowMs: number): number | null {
  return seen.createdAtMs === null ? null : Math.min(seen.createdAtMs, nowMs);
}

/** The service's time of the end; null if it gives none, or one before the start or in the future. */
function credibleEnd(
  seen: JobObservation,
  createdAtMs: number | null,
  nowMs: number,
): number | null {
  const ended = seen.endedAtMs;
  if (ended === null || ended > nowMs) return null;
  return createdAtMs !== null && ended < createdAtMs ? null : ended;
}

/**
 * The earliest time at which an ended job can have ended: the later of the two times that the service
 * gives, since either may be wrong. Null if it gives neither.
 */
function overSince(seen: JobObservation, nowMs: number): number | null {
  const times = [seen.endedAtMs, seen.createdAtMs].filter((atMs) => atMs !== null);
  return times.length === 0 ? null : Math.min(nowMs, Math.max(...times));
}

/**
 * Whether an unknown job is one that was deleted from the history. `touched`: it is, but the service has
 * changed it since, so it belongs in the list again.
 */
export function deletedFromHistory(
  account: PolledAccount,
  seen: JobObservation,
  { nowMs }: Moment,
): 'no' | 'yes' | 'touched' {
  const overMs = isTerminal(seen.phase) ? overSince(seen, nowMs) : null;
  if (overMs === null || overMs >= account.deletedBeforeMs) return 'no';
  return (seen.touchedAtMs ?? 0) < account.deletedBeforeMs ? 'yes' : 'touched';
}

/** The job as the first answer about it shows it. */
export function newJob(
  account: PolledAccount,
  seen: JobObservation,
  { source, nowMs }: Moment,
): Job {
  const createdAtMs = createdAt(seen, nowMs);
  const isUnknown = seen.phase === 'unknown';
  // Old clips with an unknown status, such as archived ones, must not look as if they were running.
  const isOld = createdAtMs !== null && nowMs - createdAtMs >= UNKNOWN_STATUS_LIMIT_MS;
  const phase = isUnknown && !isOld ? 'running' : seen.phase;
  const isOver = isTerminal(phase);
  const overMs = overSince(seen, nowMs);
  const notifiedSinceMs = Math.max(account.polledSinceMs, account.deletedBeforeMs);
  // What was started here and is found when it has ended is news, whatever times the service gives.
  const isNotified =
    isOver && (source === 'start' || (overMs !== null && overMs >= notifiedSinceMs));
  const endedAtMs = isOver ? credibleEnd(seen, createdAtMs, nowMs) : null;
  const { touchedAtMs: _notStored, ...observation } = seen;
  return {
    ...observation,
    id: jobId(account.id, seen.kind, seen.remoteId),
    accountId: account.id,
    clipId: seen.kind === 'processing' ? seen.remoteId : seen.clipId,
    phase,
    createdAtMs,
    // If the job ended before the account was polled, only the service knows when.
    endedAtMs: isNotified ? (endedAtMs ?? nowMs) : endedAtMs,
    firstSeenAtMs: nowMs,
    phaseSinceMs: isNotified
      ? nowMs
      : Math.min(nowMs, endedAtMs ?? createdAtMs ?? (isOver ? account.polledSinceMs : nowMs)),
    leftListAtMs: null,
    gone: false,
    seen: (isUnknown && isOld) || (isOver && !isNotified),
  };
}

/**
 * Whether a poll has found the end of a job that was started here before it was known to be: without times,
 * it was taken for an old one. A job of whose end the user was notified has the time of its end.
 */
function endedUnnoticed(known: Job, seen: JobObservation, { source }: Moment): boolean {
  return (
    source === 'start' &&
    isTerminal(seen.phase) &&
    isTerminal(known.phase) &&
    known.endedAtMs === null
  );
}

/** The known job as it is after this answer. A null in the answer never erases what was known. */
export function jobAfter(known: Job, seen: JobObservation, moment: Moment): Job {
  const { nowMs } = moment;
  if (isLate(known, seen)) return known;
  if (endedUnnoticed(known, seen, moment)) {
    return { ...known, endedAtMs: nowMs, phaseSinceMs: nowMs, seen: false };
  }
  const phase = nextPhase(known, seen, nowMs);
  const isNewPhase = phase !== known.phase || known.gone || isNewWord(known, seen);
  const isOver = isTerminal(phase);
  const hasEnded = isOver && !isTerminal(known.phase);
  const createdAtMs = known.createdAtMs ?? createdAt(seen, nowMs);
  // After the end, only another word for the same end is accepted, such as `rendered` for `ready`, or an
  // unknown word. The opposite end would contradict the notification that was sent.
  const isSameEnd = seen.phase === known.phase || seen.phase === 'unknown';
  return {
    ...known,
    title: seen.title ?? known.title,
    phase,
    remoteStatus: isTerminal(known.phase) && !isSameEnd ? known.remoteStatus : seen.remoteStatus,
    createdAtMs,
    endedAtMs: hasEnded
      ? (credibleEnd(seen, createdAtMs, nowMs) ?? nowMs)
      : isOver
        ? known.endedAtMs
        : null,
    resultUrl: seen.resultUrl ?? known.resultUrl,
    failure: phase === 'failed' ? (seen.failure ?? known.failure) : null,
    ...(phase === 'failed' && seen.outOfBalance && { outOfBalance: true }),
    estimatedDurationMs: seen.estimatedDurationMs ?? known.estimatedDurationMs,
    candidateId: seen.candidateId ?? known.candidateId,
    clip: seen.clip ?? known.clip,
    revisionMark: seen.revisionMark ?? known.revisionMark,
    phaseSinceMs: isNewPhase ? nowMs : known.phaseSinceMs,
    gone: false,
    seen: hasEnded ? false : known.seen,
  };
}
