import type { ServiceId } from '../domain/account';
import type { EventSource, Job, JobObservation, Phase } from '../domain/job';
import { isTerminal, jobId } from '../domain/job';

/** A status we do not know counts as running for this long, then the job is no longer followed. */
export const UNKNOWN_STATUS_LIMIT_MS = 6 * 60 * 60_000;

/** What the watcher knows of the account whose snapshot it is. */
export interface WatchedAccount {
  id: string;
  service: ServiceId;
  /** Completions from before this time are history, not news. */
  watchedSinceMs: number;
  /** What was over before this time has been forgotten, and is not taken up again. */
  forgottenBeforeMs: number;
}

/** When and where an answer was learned. */
export interface Moment {
  source: EventSource;
  nowMs: number;
}

/** The service uses a word nobody knows, and used another one before. */
function isNewWord(known: Job, seen: JobObservation): boolean {
  return (
    seen.phase === 'unknown' && known.remoteStatus !== seen.remoteStatus && !isTerminal(known.phase)
  );
}

/** An answer from before the end, arriving after it: nothing in it is newer than what is known. */
function isLate(known: Job, seen: JobObservation): boolean {
  return isTerminal(known.phase) && (seen.phase === 'waiting' || seen.phase === 'running');
}

/**
 * The phase after this answer. A status that nobody knows counts as running until the limit. A
 * terminal phase is never left.
 */
function nextPhase(known: Job, seen: JobObservation, nowMs: number): Phase {
  if (isTerminal(known.phase)) return known.phase;
  if (seen.phase !== 'unknown') return seen.phase;
  // One that came back begins anew; one that was given up is not taken up for the same kind of word.
  if (known.phase === 'unknown' && !known.gone) return 'unknown';
  const sinceMs = known.gone || isNewWord(known, seen) ? nowMs : known.phaseSinceMs;
  return nowMs - sinceMs < UNKNOWN_STATUS_LIMIT_MS ? 'running' : 'unknown';
}

/** When it began by our clock: no service's clock that is ahead puts a job into the future. */
function createdAt(seen: JobObservation, nowMs: number): number | null {
  return seen.createdAtMs === null ? null : Math.min(seen.createdAtMs, nowMs);
}

/** The service's time of the end; null when it tells none, one before the beginning or in the future. */
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
 * When a job that is over ended, at the earliest, by the later of the two times that the service
 * tells: one of them may be wrong. Null when it tells neither.
 */
function overSince(seen: JobObservation, nowMs: number): number | null {
  const told = [seen.endedAtMs, seen.createdAtMs].filter((atMs) => atMs !== null);
  return told.length === 0 ? null : Math.min(nowMs, Math.max(...told));
}

/**
 * Whether an answer about a job that is not known is about one that was forgotten: `touched` when the
 * service has changed it since, so that it is worth a look again.
 */
export function forgotten(
  account: WatchedAccount,
  seen: JobObservation,
  { nowMs }: Moment,
): 'no' | 'yes' | 'touched' {
  const overMs = isTerminal(seen.phase) ? overSince(seen, nowMs) : null;
  if (overMs === null || overMs >= account.forgottenBeforeMs) return 'no';
  return (seen.touchedAtMs ?? 0) < account.forgottenBeforeMs ? 'yes' : 'touched';
}

/** The job as it is first known. */
export function found(account: WatchedAccount, seen: JobObservation, { nowMs }: Moment): Job {
  const createdAtMs = createdAt(seen, nowMs);
  const odd = seen.phase === 'unknown';
  // Old things with an odd word, such as an archive, must not look busy for hours.
  const old = odd && createdAtMs !== null && nowMs - createdAtMs >= UNKNOWN_STATUS_LIMIT_MS;
  const phase = odd && !old ? 'running' : seen.phase;
  const over = isTerminal(phase);
  const overMs = overSince(seen, nowMs);
  const newsSinceMs = Math.max(account.watchedSinceMs, account.forgottenBeforeMs);
  const news = over && overMs !== null && overMs >= newsSinceMs;
  const endedAtMs = over ? credibleEnd(seen, createdAtMs, nowMs) : null;
  const { touchedAtMs: _notStored, ...told } = seen;
  return {
    ...told,
    id: jobId(account.id, seen.kind, seen.remoteId),
    accountId: account.id,
    clipId: seen.kind === 'processing' ? seen.remoteId : seen.clipId,
    phase,
    createdAtMs,
    // When something ended that was over before it was watched, only the service can tell.
    endedAtMs: news ? (endedAtMs ?? nowMs) : endedAtMs,
    firstSeenAtMs: nowMs,
    phaseSinceMs: news
      ? nowMs
      : Math.min(nowMs, endedAtMs ?? createdAtMs ?? (over ? account.watchedSinceMs : nowMs)),
    leftListAtMs: null,
    gone: false,
    seen: old || (over && !news),
  };
}

/** The known job with what the answer adds. Null values of an answer never erase what was known. */
export function merged(known: Job, seen: JobObservation, { nowMs }: Moment): Job {
  if (isLate(known, seen)) return known;
  const phase = nextPhase(known, seen, nowMs);
  const changed = phase !== known.phase || known.gone || isNewWord(known, seen);
  const over = isTerminal(phase);
  const ended = over && !isTerminal(known.phase);
  const createdAtMs = known.createdAtMs ?? createdAt(seen, nowMs);
  // After the end only another word for the same end, such as `ready` and `rendered`, is taken, or
  // one that nobody knows. An end of the other kind contradicts: the first one was told.
  const sameEnd = seen.phase === known.phase || seen.phase === 'unknown';
  return {
    ...known,
    title: seen.title ?? known.title,
    phase,
    remoteStatus: isTerminal(known.phase) && !sameEnd ? known.remoteStatus : seen.remoteStatus,
    createdAtMs,
    endedAtMs: ended
      ? (credibleEnd(seen, createdAtMs, nowMs) ?? nowMs)
      : over
        ? known.endedAtMs
        : null,
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
