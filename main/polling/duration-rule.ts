import type { Job } from '../domain/job';

const SECOND_MS = 1000;
const DAY_MS = 24 * 60 * 60 * SECOND_MS;

/** Times between which something happened, by our clock. */
export interface Between {
  fromMs: number;
  untilMs: number;
}

function isPlausible(durationMs: number): boolean {
  return durationMs >= SECOND_MS && durationMs <= 2 * DAY_MS;
}

/**
 * How long a job took, if both its start and its end are really known; null otherwise, since a guess
 * would teach the scheduler its own habits. The service's two times are by one clock and come first,
 * except for work that began here: a clip's `createdAt` is from before its upload. Our own times are
 * known as closely as we looked, and count while that is closer than half of the duration.
 */
export function durationMs(
  job: Pick<Job, 'createdAtMs'> & { serviceEndMs: number | null },
  began: Between | null,
  ended: Between,
): number | null {
  const { createdAtMs, serviceEndMs } = job;
  const beganHere = began !== null && began.fromMs === began.untilMs;
  if (!beganHere && createdAtMs !== null && serviceEndMs !== null) {
    const tookMs = serviceEndMs - createdAtMs;
    if (createdAtMs > 0 && isPlausible(tookMs)) return tookMs;
  }
  if (began === null) return null;
  const tookMs = (ended.fromMs + ended.untilMs - began.fromMs - began.untilMs) / 2;
  const doubtMs = ended.untilMs - ended.fromMs + (began.untilMs - began.fromMs);
  return isPlausible(tookMs) && doubtMs <= tookMs / 2 ? tookMs : null;
}

/** When a job began, as far as anybody knows: what its age is counted from. */
export function startedAtMs(
  job: Pick<Job, 'createdAtMs' | 'firstSeenAtMs'>,
  began: Between | null,
): number {
  if (began !== null) return (began.fromMs + began.untilMs) / 2;
  const { createdAtMs, firstSeenAtMs } = job;
  const isKnown = createdAtMs !== null && createdAtMs > firstSeenAtMs - 2 * DAY_MS;
  return isKnown ? Math.min(createdAtMs, firstSeenAtMs) : firstSeenAtMs;
}
