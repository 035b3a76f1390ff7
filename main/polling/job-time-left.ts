import type { Job } from '../domain/job';
import type { DurationDistribution } from './duration-model';

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;

/** With fewer past jobs than this, no figure is given. */
const MIN_SAMPLES = 8;

/** No figure is given if the middle half of the possible times left spans more than this factor. */
const MAX_SPREAD = 3;

/** Figures are rounded to this, so that they do not change with each poll. */
function gridMs(leftMs: number): number {
  if (leftMs < 2 * MINUTE_MS) return 10 * SECOND_MS;
  return leftMs < 10 * MINUTE_MS ? 30 * SECOND_MS : MINUTE_MS;
}

/**
 * When a running job will likely end. Null if there is too little to go by: too few past jobs and no
 * estimate by the service, or possible times left that differ too much.
 */
export function likelyEndMs(
  job: Pick<Job, 'estimatedDurationMs'>,
  { survival, unitMs, samples }: DurationDistribution,
  startedAtMs: number,
  nowMs: number,
): number | null {
  if (job.estimatedDurationMs === null && samples < MIN_SAMPLES) return null;
  const ageMs = Math.max(0, nowMs - startedAtMs);
  const alive = survival.alive(ageMs / unitMs);
  const leftMs = (share: number) => survival.ageAtShare(alive * share) * unitMs - ageMs;
  const [early, middle, late] = [leftMs(0.75), leftMs(0.5), leftMs(0.25)];
  if (early <= 0 || late > MAX_SPREAD * early) return null;
  const grid = gridMs(middle);
  return Math.ceil((nowMs + Math.max(middle, 1)) / grid) * grid;
}
