import type { Job, JobRef } from '../domain/job';
import { DetectionDelay } from './detection-delay';
import type { DurationDistribution } from './duration-model';

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;

/** Never faster than this, whatever a job or a server would like. */
export const FLOOR_MS = 2 * SECOND_MS;

/** A read of its own: one job, or all renders of one clip. */
export interface Lookup {
  key: string;
  job: JobRef;
  dueAtMs: number;
}

/** What an account's next poll has to ask, and when. */
export interface PollPlan {
  listAtMs: number;
  /** Earliest first. */
  reads: Lookup[];
}

/** A job with what tells when it will end. */
export interface TrackedJob {
  job: Job;
  law: DurationDistribution;
  startedAtMs: number;
  /** The list would show it while it is active, as far as is known. */
  isListed: boolean;
}

export interface PollPlanInput {
  active: Iterable<TrackedJob>;
  /** When each thing was last looked at, by `readKey`, or `list`; null to look at once. */
  lastLookAtMs: (key: string) => number | null;
  /** Longest time between two lists while it shows nothing active. */
  idleIntervalMs: number;
  /** Work that appears without us, as the list would show it. */
  arrivals: { law: DurationDistribution; perMs: number };
  priceMs: number;
}

/** The list's name among the looks. */
export const LIST = 'list';

/** Reads with the same key are answered by one request. */
export function lookupKey(job: JobRef): string {
  return job.kind === 'render' ? `renders/${job.clipId}` : `${job.kind}/${job.remoteId}`;
}

/**
 * The longest wait between two looks at a job, so that a service which is quicker than ever before
 * is noticed; old jobs, which are mostly stuck, may wait a tenth of their age, up to 15 minutes.
 */
function longestWaitMs(startedAtMs: number, nowMs: number): number {
  return Math.min(15 * MINUTE_MS, Math.max(2 * MINUTE_MS, (nowMs - startedAtMs) / 10));
}

/**
 * When to list and which jobs to read by themselves. A request is due when the ends it would show
 * have gone unnoticed for `priceMs`, as is to be expected. Jobs that the list shows cost no request
 * of their own.
 */
export function planPoll(question: PollPlanInput, nowMs: number): PollPlan {
  const { lastLookAtMs, idleIntervalMs, arrivals, priceMs } = question;
  const requests = new Map<string, { job: JobRef; unnoticed: DetectionDelay; longestMs: number }>();
  const list = { unnoticed: new DetectionDelay(), longestMs: idleIntervalMs };
  const listLookMs = lastLookAtMs(LIST);
  for (const { job, law, startedAtMs, isListed } of question.active) {
    const key = isListed ? LIST : lookupKey(job);
    const lookMs = isListed ? listLookMs : lastLookAtMs(key);
    let request = isListed ? list : requests.get(key);
    if (!request) {
      const first = { job, unnoticed: new DetectionDelay(), longestMs: Number.POSITIVE_INFINITY };
      requests.set(key, first);
      request = first;
    }
    // A clock that was set back leaves times ahead of it.
    const aliveAtMs = Math.min(nowMs, Math.max(lookMs ?? 0, job.firstSeenAtMs));
    request.unnoticed.addJob(law, Math.min(startedAtMs, aliveAtMs), aliveAtMs);
    request.longestMs = Math.min(request.longestMs, longestWaitMs(startedAtMs, nowMs));
  }
  if (listLookMs !== null) list.unnoticed.addArrivals(arrivals.law, arrivals.perMs, listLookMs);
  const dueAt = (lookMs: number | null, unnoticed: DetectionDelay, longestMs: number) =>
    lookMs === null ? nowMs : unnoticed.reaches(priceMs, lookMs + FLOOR_MS, lookMs + longestMs);
  const reads = [...requests].map(([key, { job, unnoticed, longestMs }]) => ({
    key,
    job,
    dueAtMs: dueAt(lastLookAtMs(key), unnoticed, longestMs),
  }));
  return {
    listAtMs: dueAt(listLookMs, list.unnoticed, list.longestMs),
    reads: reads.sort((a, b) => a.dueAtMs - b.dueAtMs),
  };
}
