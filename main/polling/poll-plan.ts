import type { Job, JobRef } from '../domain/job';
import type { PollingProblem, PollingReason } from '../domain/polling-status';
import type { RateLimits } from '../domain/rate-limits';
import { LIST } from './answer-times';
import { DetectionDelay } from './detection-delay';
import type { DurationDistribution } from './duration-model';
import { type LookupQueue, lookupKey } from './lookup-queue';
import type { PollBackoff } from './poll-backoff';
import { allowedAtMs } from './rate-limit-wait';
import { BUDGET_FREE } from './request-budget';

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;

/** Minimum time between two polls of an account, whatever jobs or services ask for. */
export const MIN_POLL_INTERVAL_MS = 2 * SECOND_MS;

/** A wait varies by up to half of this share either way, so that clients do not fall into step. */
const SKEW = 0.1;

/** A request for one job, or for all renders of one clip. */
export interface Lookup {
  key: string;
  job: JobRef;
  /** When to send it. */
  atMs: number;
}

/** The requests of a poll, with the time at which to send each. */
export interface PlannedRequests {
  listAtMs: number;
  /** Earliest first. */
  lookups: Lookup[];
}

/** When an account's next poll is, what decides that time, and what the poll requests. */
export interface PollPlan {
  atMs: number;
  reason: PollingReason;
  requests: PlannedRequests;
}

/** A job with what is known about its end. */
export interface TrackedJob {
  job: Job;
  distribution: DurationDistribution;
  startedAtMs: number;
  /** The list would show it while it is active, as far as is known. */
  isListed: boolean;
}

/** What the plan of an account's requests depends on. */
export interface RequestState {
  activeCount: number;
  active: Iterable<TrackedJob>;
  /** By the request's key; null if the request is to be sent at once. */
  lastAnswerAtMs: (key: string) => number | null;
  queue: Pick<LookupQueue, 'queued' | 'notBeforeMs'>;
  /** The longest time between two lists while nothing in it is active. */
  idleIntervalMs: number;
  /** How much work is started elsewhere, as the list would show it. */
  arrivalRate: { distribution: DurationDistribution; perMs: number };
  /** A request is sent once its expected detection delay, summed over jobs, has reached this. */
  priceMs: number;
}

/** What may delay a poll. */
export interface PollBounds {
  lastPollAtMs: number | null;
  rateLimits: RateLimits | null;
  /** The account's own budget, as a rate limit. */
  budget: RateLimits;
  /** For failed polls in a row. */
  backoff: Pick<PollBackoff, 'failures' | 'untilMs'>;
  /** The last poll's problem, if it is shown. */
  problem: PollingProblem | null;
  /** When to try although offline; null while online. */
  offlineTryAtMs: number | null;
}

/**
 * The longest wait between two answers about a job, so that a service that has become quicker is noticed.
 * Old jobs, which are mostly stuck, may wait a tenth of their age, up to 15 minutes.
 */
function maxWaitMs(startedAtMs: number, nowMs: number): number {
  return Math.min(15 * MINUTE_MS, Math.max(2 * MINUTE_MS, (nowMs - startedAtMs) / 10));
}

/**
 * When to send the list request and each lookup: when the expected detection delay reaches the price of
 * a request. Jobs that the list shows need no lookup.
 */
export function planRequests(state: RequestState, nowMs: number): PlannedRequests {
  const { lastAnswerAtMs, queue, arrivalRate, priceMs } = state;
  const planned = new Map<string, { job: JobRef; delay: DetectionDelay; maxMs: number }>();
  const list = { delay: new DetectionDelay(), maxMs: state.idleIntervalMs };
  const listAnswerMs = lastAnswerAtMs(LIST);
  for (const { job, distribution, startedAtMs, isListed } of state.active) {
    const key = isListed ? LIST : lookupKey(job);
    const answerMs = isListed ? listAnswerMs : lastAnswerAtMs(key);
    let request = isListed ? list : planned.get(key);
    if (!request) {
      const first = { job, delay: new DetectionDelay(), maxMs: Number.POSITIVE_INFINITY };
      planned.set(key, first);
      request = first;
    }
    // After the clock was set back, a job may have been first seen in the future.
    const activeAtMs = Math.min(nowMs, Math.max(answerMs ?? 0, job.firstSeenAtMs));
    request.delay.addJob(distribution, Math.min(startedAtMs, activeAtMs), activeAtMs);
    request.maxMs = Math.min(request.maxMs, maxWaitMs(startedAtMs, nowMs));
  }
  if (listAnswerMs !== null) {
    list.delay.addArrivalRate(arrivalRate.distribution, arrivalRate.perMs, listAnswerMs);
  }
  const atMs = (answerMs: number | null, delay: DetectionDelay, maxMs: number) =>
    answerMs === null
      ? nowMs
      : delay.whenReaches(priceMs, answerMs + MIN_POLL_INTERVAL_MS, answerMs + maxMs);
  const lookups = new Map<string, Lookup>();
  for (const [key, { job, delay, maxMs }] of planned) {
    lookups.set(key, { key, job, atMs: atMs(lastAnswerAtMs(key), delay, maxMs) });
  }
  for (const { key, job, queuedAtMs } of queue.queued()) {
    lookups.set(key, { key, job, atMs: queuedAtMs });
  }
  for (const lookup of lookups.values()) {
    lookup.atMs = Math.max(lookup.atMs, queue.notBeforeMs(lookup.key));
  }
  return {
    listAtMs: atMs(listAnswerMs, list.delay, list.maxMs),
    lookups: [...lookups.values()].sort((a, b) => a.atMs - b.atMs),
  };
}

/**
 * When the next poll is, why then, and what it requests. Pure: the same state, bounds, time and `random`
 * (in [0, 1)) give the same plan.
 */
export function planPoll(
  state: RequestState,
  bounds: PollBounds,
  nowMs: number,
  random: number,
): PollPlan {
  const { lastPollAtMs, backoff, problem, offlineTryAtMs } = bounds;
  const requests = planRequests(state, nowMs);
  const intervalMs = lastPollAtMs === null ? nowMs : lastPollAtMs + MIN_POLL_INTERVAL_MS;
  const serviceMs = allowedAtMs(bounds.rateLimits, lastPollAtMs, nowMs);
  const budgetMs = allowedAtMs(bounds.budget, lastPollAtMs, nowMs, BUDGET_FREE);
  const boundMs = Math.max(intervalMs, serviceMs, budgetMs, backoff.untilMs);
  if (offlineTryAtMs !== null) {
    return { atMs: Math.max(offlineTryAtMs, boundMs), reason: 'offline', requests };
  }
  const firstMs = Math.min(requests.listAtMs, requests.lookups[0]?.atMs ?? requests.listAtMs);
  const wantedMs = Math.max(firstMs, nowMs);
  const skewMs = (wantedMs - nowMs) * SKEW * (random - 0.5);
  const isDelayedTo = (untilMs: number) =>
    untilMs > wantedMs && untilMs > nowMs + MIN_POLL_INTERVAL_MS;
  const reason = (): PollingReason => {
    if (backoff.failures > 0 && problem !== null) {
      return problem === 'rate-limited' ? 'rate-limited' : 'backing-off';
    }
    const isByService = backoff.failures === 0 && serviceMs >= budgetMs;
    if (isByService && isDelayedTo(serviceMs)) return 'rate-limited';
    if (isDelayedTo(budgetMs)) return 'budget';
    return state.activeCount > 0 ? 'active' : 'idle';
  };
  return { atMs: Math.max(wantedMs + skewMs, boundMs), reason: reason(), requests };
}
