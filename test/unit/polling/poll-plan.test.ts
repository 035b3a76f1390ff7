import { describe, expect, it } from 'vitest';
import { LIST } from '../../../main/polling/answer-times';
import { DurationModel } from '../../../main/polling/duration-model';
import { LookupQueue } from '../../../main/polling/lookup-queue';
import {
  MIN_POLL_INTERVAL_MS,
  type PollBounds,
  planPoll,
  type RequestState,
  type TrackedJob,
} from '../../../main/polling/poll-plan';
import { reconcile } from '../../../main/polling/reconcile';
import { known, observation, single } from './fakes';

const NOW_MS = 1_800_000_000_000;
const MINUTE_MS = 60_000;
const IDLE_MS = 3 * MINUTE_MS;
const UNLIMITED = { limit: null, remaining: null, resetAtMs: null, retryAtMs: null };

const distribution = new DurationModel([]).distributionOf('clipping', 'execution', null);

/** A job that has been running for a minute. */
function tracked(remoteId: string, isListed: boolean): TrackedJob {
  const account = { id: 'a1', service: 'clipping', polledSinceMs: 0, deletedBeforeMs: 0 };
  const startedAtMs = NOW_MS - MINUTE_MS;
  const snapshot = single(observation({ remoteId }));
  const [job] = reconcile(account, known(), snapshot, 'list', startedAtMs).jobs;
  if (!job) throw new Error('no job');
  return { job, distribution, startedAtMs, isListed };
}

/** An account whose requests were all answered ten seconds ago. */
function state(changes: Partial<RequestState> = {}, jobs: TrackedJob[] = []): RequestState {
  return {
    activeCount: jobs.length,
    active: jobs,
    lastAnswerAtMs: () => NOW_MS - 10_000,
    queue: new LookupQueue(),
    idleIntervalMs: IDLE_MS,
    arrivalRate: { distribution, perMs: 1e-12 },
    priceMs: 500,
    ...changes,
  };
}

const FREE: PollBounds = {
  lastPollAtMs: NOW_MS - 10_000,
  rateLimits: null,
  budget: UNLIMITED,
  backoff: { failures: 0, untilMs: 0 },
  problem: null,
  offlineTryAtMs: null,
};

/** Without skew. */
const plan = (of: RequestState, bounds: Partial<PollBounds> = {}) =>
  planPoll(of, { ...FREE, ...bounds }, NOW_MS, 0.5);

describe('the next poll', () => {
  it('is due at once where nothing was answered yet', () => {
    const { atMs, requests } = plan(state({ lastAnswerAtMs: () => null }));
    expect(atMs).toBe(NOW_MS);
    expect(requests.listAtMs).toBe(NOW_MS);
  });

  it('is at the idle interval while nothing is active', () => {
    expect(plan(state())).toMatchObject({ atMs: NOW_MS - 10_000 + IDLE_MS, reason: 'idle' });
  });

  it('is sooner while a job is active', () => {
    const active = plan(state({}, [tracked('exc_1', true)]));
    expect(active.reason).toBe('active');
    expect(active.atMs).toBeLessThan(NOW_MS + MINUTE_MS);
    expect(active.requests.lookups).toEqual([]);
  });

  it('varies by up to 5 % at random, so that clients do not fall into step', () => {
    const waits = [0, 0.5, 1].map(
      (random) => planPoll(state(), FREE, NOW_MS, random).atMs - NOW_MS,
    );
    const [early = 0, middle = 1, late = 0] = waits;
    expect(early / middle).toBeCloseTo(0.95);
    expect(late / middle).toBeCloseTo(1.05);
  });

  it('keeps the minimum interval', () => {
    const lastPollAtMs = NOW_MS - 500;
    const next = plan(state({ lastAnswerAtMs: () => null }), { lastPollAtMs });
    expect(next.atMs).toBe(lastPollAtMs + MIN_POLL_INTERVAL_MS);
  });
});

describe('what a poll requests', () => {
  it('is a separate lookup for each job that the list does not show', () => {
    const { requests } = plan(state({}, [tracked('exc_1', false), tracked('exc_2', true)]));
    expect(requests.lookups.map(({ key }) => key)).toEqual(['execution/exc_1']);
  });

  it('includes a queued lookup from the time at which it was queued', () => {
    const queue = new LookupQueue();
    queue.add({ kind: 'render', remoteId: '', clipId: 'c1' }, NOW_MS - 1);
    const next = plan(state({ queue }));
    expect(next.atMs).toBe(NOW_MS);
    expect(next.requests.lookups).toMatchObject([{ key: 'renders/c1', atMs: NOW_MS - 1 }]);
  });

  it('leaves out a lookup that failed until its backoff is over', () => {
    const untilMs = NOW_MS + MINUTE_MS;
    const jobs = [tracked('exc_1', false)];
    const queue = { queued: () => [], notBeforeMs: () => untilMs };
    expect(plan(state({ queue }, jobs)).requests.lookups).toMatchObject([{ atMs: untilMs }]);
  });

  it('is the list as soon as its last answer is stale', () => {
    const lastAnswerAtMs = (key: string) => (key === LIST ? null : NOW_MS - 10_000);
    expect(plan(state({ lastAnswerAtMs })).requests.listAtMs).toBe(NOW_MS);
  });
});

describe('a poll that is delayed', () => {
  const urgent = state({ lastAnswerAtMs: () => null });
  const laterMs = NOW_MS + 10 * MINUTE_MS;

  it('waits for Retry-After', () => {
    const rateLimits = { ...UNLIMITED, retryAtMs: laterMs };
    expect(plan(urgent, { rateLimits })).toMatchObject({ atMs: laterMs, reason: 'rate-limited' });
  });

  it('waits for the account’s budget', () => {
    const budget = { limit: 60, remaining: 0, resetAtMs: laterMs, retryAtMs: null };
    expect(plan(urgent, { budget })).toMatchObject({ atMs: laterMs, reason: 'budget' });
  });

  it('waits for its backoff after a failure', () => {
    const bounds = {
      backoff: { failures: 2, untilMs: laterMs },
      problem: 'service-fault' as const,
    };
    expect(plan(urgent, bounds)).toMatchObject({ atMs: laterMs, reason: 'backing-off' });
  });

  it('says that the service limits the rate if that was the failure', () => {
    const bounds = { backoff: { failures: 1, untilMs: laterMs }, problem: 'rate-limited' as const };
    expect(plan(urgent, bounds)).toMatchObject({ atMs: laterMs, reason: 'rate-limited' });
  });

  it('does not name a problem that is not shown yet', () => {
    const bounds = { backoff: { failures: 1, untilMs: laterMs }, problem: null };
    expect(plan(urgent, bounds)).toMatchObject({ atMs: laterMs, reason: 'idle' });
  });

  it('waits for the next try without a network', () => {
    const next = plan(urgent, { offlineTryAtMs: laterMs });
    expect(next).toMatchObject({ atMs: laterMs, reason: 'offline' });
  });
});
