import { type ClipLine, uploadLineId } from '../domain/clip-line';
import { type Job, type JobNotification, jobId } from '../domain/job';

/**
 * The jobs and uploads whose notifications the end of a job outdates: earlier steps of the same clip that
 * it has left behind. A result never outdates another result. A render that failed outdates nothing: what
 * can be rendered is still to be chosen.
 */
export function outdatedSteps(
  { outcome }: Pick<JobNotification, 'outcome'>,
  job: Job,
  line: ClipLine | null,
): string[] {
  if (job.kind === 'execution' || outcome === 'gone') return [];
  const uploads = line?.upload ? [uploadLineId(line.upload.id)] : [];
  if (job.kind === 'processing') return uploads;
  if (outcome !== 'done' || job.clipId === null) return [];
  return [jobId(job.accountId, 'processing', job.clipId), ...uploads];
}
