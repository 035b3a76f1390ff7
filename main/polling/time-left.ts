import type { Job } from '../domain/job';
import type { DurationDistribution } from './duration-model';

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;

/** Fewer past jobs are no ground for a figure. */
const LEAST_SAMPLES = 8;

/** Where the middle half of the possible times left is wider than this factor, nothing is said. */
const WIDEST = 3;

/** A figure that moves with each look would be noise, so ends are told on a grid. */
function gridMs(leftMs: number): number {
  if (leftMs < 2 * MINUTE_MS) return 10 * SECOND_MS;
  return leftMs < 10 * MINUTE_MS ? 30 * SECOND_MS : MINUTE_MS;
}

/**
 * When a job that is still there will likely end; null where there is no ground for a figure: too
 * few past jobs and no estimate of the service, or times left that differ too much.
 */
export function likelyEndMs(
  job: Pick<Job, 'estimatedDurationMs'>,
  law: DurationDistribution,
  startedAtMs: number,
  nowMs: number,
): number | null {
  if (job.estimatedDurationMs === null && law.samples < LEAST_SAMPLES) return null;
  const ageMs = Math.max(0, nowMs - startedAtMs);
  const alive = law.survival.alive(ageMs / law.unitMs);
  const leftMs = (share: number) => law.survival.ageAtShare(alive * share) * law.unitMs - ageMs;
  const [early, middle, late] = [leftMs(0.75), leftMs(0.5), leftMs(0.25)];
  if (early <= 0 || late > WIDEST * early) return null;
  const grid = gridMs(middle);
  return Math.ceil((nowMs + Math.max(middle, 1)) / grid) * grid;
}
