import type { Stage } from './clip-line';
import { isActive, isTerminal, type Job } from './job';
import type { Upload } from './upload';

/** The stage of a line that its upload decides. */
export function uploadStage(upload: Upload): Stage {
  switch (upload.state) {
    case 'queued':
      return 'queued';
    case 'sending':
    case 'finishing':
      return 'uploading';
    case 'paused':
      return 'upload-paused';
    case 'failed':
      return 'upload-failed';
    case 'cancelled':
      return 'upload-cancelled';
    case 'sent':
      return 'processing';
  }
}

/** The stage of a line that one of its jobs decides. */
export function jobStage(job: Job): Stage {
  if (job.gone) return 'gone';
  switch (job.phase) {
    case 'waiting':
      return 'waiting';
    case 'running':
      return job.kind === 'processing'
        ? 'processing'
        : job.kind === 'render'
          ? 'rendering'
          : 'running';
    case 'done':
      return job.kind === 'processing' ? 'ready' : 'done';
    case 'failed':
      return 'failed';
    case 'unknown':
      return 'unknown';
  }
}

/**
 * The job that decides a line's stage: work under way, else the newest render, else the processing.
 * `renders` are newest first.
 */
export function leadingJob(processing: Job | null, renders: Job[]): Job | null {
  if (processing && !isTerminal(processing.phase)) return processing;
  return renders.find(isActive) ?? renders[0] ?? processing;
}
