import type { ServiceId } from '../domain/account';
import type { Job, JobEvent, JobNotification } from '../domain/job';
import type { Moment } from './job-transition';

/** An event of the job's history. One event's `toPhase` is the next one's `fromPhase`. */
export function jobEvent(
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
export function eventType(before: Job | null, after: Job): JobEvent['type'] | null {
  if (before === null) return 'found';
  const isBack = before.gone || (before.leftListAtMs !== null && after.leftListAtMs === null);
  if (isBack) return 'back';
  return before.phase === after.phase ? null : 'phase';
}

/** The notification of a job that has ended or is gone. Its id is the same every time. */
export function completionNotification(
  service: ServiceId,
  job: Job,
  nowMs: number,
): JobNotification {
  const outcome = job.gone ? 'gone' : job.phase === 'done' ? 'done' : 'failed';
  // A job that was gone may come back and end, and the user is notified of that too.
  const end = job.gone ? 'gone' : 'ended';
  const workId = `${service}/${job.kind}/${job.remoteId}/${end}`;
  return { id: `${job.id}/${end}`, jobId: job.id, workId, outcome, createdAtMs: nowMs };
}
