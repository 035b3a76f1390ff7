import type { Job } from '../domain/job';

const SECOND_MS = 1000;
const DAY_MS = 24 * 60 * 60 * SECOND_MS;

/** Something happened between these times, by our clock. */
export interface TimeSpan {
  fromMs: number;
  untilMs: number;
}

function isPlausible(durationMs: number): boolean {
  return durationMs >= SECOND_MS && durationMs <= 2 * DAY_MS;
}

/**
 * How long a job took, if both its start and its end are really known. Null otherwise: from guesses, the
 * duration model would learn our own polling intervals.
 *
 * The service's two times are by the same clock, so they come first, except for work that was started
 * here: a clip's `createdAt` is from before its upload. Our own times are as exact as our polling was
 * frequent; they count if their uncertainty is at most half of the duration.
 */
export function durationMs(
  job: Pick<Job, 'createdAtMs'> & { serviceEndMs: number | null },
  started: TimeSpan | null,
  ended: TimeSpan,
): number | null {
  const { createdAtMs, serviceEndMs } = job;
  const startedHere = started !== null && started.fromMs === started.untilMs;
  if (!startedHere && createdAtMs !== null && serviceEndMs !== null) {
    const tookMs = serviceEndMs - createdAtMs;
    if (createdAtMs > 0 && isPlausible(tookMs)) return tookMs;
  }
  if (started === null) return null;
  const tookMs = (ended.fromMs + ended.untilMs - started.fromMs - started.untilMs) / 2;
  const uncertaintyMs = ended.untilMs - ended.fromMs + (started.untilMs - started.fromMs);
  return isPlausible(tookMs) && uncertaintyMs <= tookMs / 2 ? tookMs : null;
}

/** When a job started, as far as is known: its age is counted from this time. */
export function startedAtMs(
  job: Pick<Job, 'createdAtMs' | 'firstSeenAtMs'>,
  started: TimeSpan | null,
): number {
  if (started !== null) return (started.fromMs + started.untilMs) / 2;
  const { createdAtMs, firstSeenAtMs } = job;
  const isKnown = createdAtMs !== null && createdAtMs > firstSeenAtMs - 2 * DAY_MS;
  return isKnown ? Math.min(createdAtMs, firstSeenAtMs) : firstSeenAtMs;
}
