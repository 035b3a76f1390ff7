import { beforeEach, describe, expect, it } from 'vitest';
import type { JobObservation, Snapshot } from '../../../main/domain/job';
import type { RateLimits } from '../../../main/domain/rate-limits';
import type { ServiceModule } from '../../../main/domain/service';
import { ServiceError } from '../../../main/domain/service-error';
import { StorageError } from '../../../main/domain/storage-error';
import { type ChangeFeed, createChangeFeed } from '../../../main/events';
import { createRateLimitTracker } from '../../../main/http/rate-limit-tracker';
import { responseError } from '../../../main/http/response-error';
import type { AccountPoller } from '../../../main/polling/account-poller';
import { DurationModel } from '../../../main/polling/duration-model';
import { type PaceRule, RequestBudget } from '../../../main/polling/request-budget';
import {
  accountPoller,
  activeList,
  FakeClock,
  MemoryStore,
  module,
  observation,
  ScriptedService,
  settle,
  single,
} from './fakes';

const MINUTE_MS = 60_000;
const IDLE_MS = 3 * MINUTE_MS;

/** Polls one job about every 10 seconds, and may keep doing so. */
const RULE: PaceRule = { priceMs: 500, requestsPerHour: 1800, coinsPerHour: 1 };

let clock: FakeClock;
let service: ScriptedService;
let store: MemoryStore;
let limits: RateLimits | null;
let durations: DurationModel;
let budget: RequestBudget;
let feed: ChangeFeed;
let poller: AccountPoller;

function makePoller(changes: Partial<ServiceModule> = {}): AccountPoller {
  return accountPoller({
    feed,
    service: { ...module, idleIntervalMs: IDLE_MS, ...changes },
    connection: service.connection,
    store,
    durations,
    budget,
    clock,
    rateLimits: () => limits,
  });
}

beforeEach(() => {
  clock = new FakeClock();
  feed = createChangeFeed({ error() {} });
  service = new ScriptedService(clock);
  store = new MemoryStore();
  limits = null;
  durations = new DurationModel([]);
  budget = new RequestBudget(RULE, null);
  poller = makePoller();
});

async function poll(changes: Partial<JobObservation> = {}): Promise<void> {
  service.list = () => activeList(observation(changes));
  poller.pollNow();
  await clock.advance(0);
}

describe('a job whose stored row cannot be read', () => {
  it('stays as it is: a list does not make a new one of it', async () => {
    store.isUnreadable = (id) => id.endsWith('exc_1');
    service.list = () =>
      activeList(observation(), observation({ remoteId: 'exc_2', title: 'Readable' }));
    poller.pollNow();
    await clock.advance(0);
    expect([...store.jobs.values()].map(({ title }) => title)).toEqual(['Readable']);
  });
});

describe('when nothing runs', () => {
  it('polls only at the service’s idle interval: each call costs the user', async () => {
    poller.pollNow();
    await clock.advance(IDLE_MS * 4 + 1000);
    expect(service.asked).toHaveLength(5);
    expect(poller.status.reason).toBe('idle');
  });
});

describe('when executions run', () => {
  it('polls them with one request, however many there are', async () => {
    const many = Array.from({ length: 1000 }, (_, n) => observation({ remoteId: `exc_${n}` }));
    service.list = () => activeList(...many);
    poller.pollNow();
    await clock.advance(10_000);
    expect(service.count('list')).toBeGreaterThan(2);
    expect(service.asked.every((call) => call.what === 'list')).toBe(true);
  });

  it('looks up a job that left the list once, and notifies of how it ended', async () => {
    await poll();
    service.list = () => activeList();
    service.read = () => single(observation({ phase: 'failed', remoteStatus: 'error' }));
    await clock.advance(30_000);
    expect(service.count('execution exc_1')).toBe(1);
    expect(store.notifications).toMatchObject([{ outcome: 'failed' }]);
    await clock.advance(MINUTE_MS);
    expect(service.count('execution exc_1')).toBe(1);
  });

  it('keeps looking up a job that left the list but still runs: the list may be cut off', async () => {
    await poll();
    service.list = () => activeList();
    service.read = () => single(observation());
    await clock.advance(MINUTE_MS);
    expect(service.count('execution exc_1')).toBeGreaterThan(2);
    expect(store.notifications).toEqual([]);
  });

  it('sends one request for all that ended together: each lookup costs the user', async () => {
    const ids = ['exc_1', 'exc_2', 'exc_3'];
    service.list = () => activeList(...ids.map((remoteId) => observation({ remoteId })));
    poller.pollNow();
    await clock.advance(MINUTE_MS);
    service.list = () => activeList();
    service.listEnded = () =>
      single(
        observation({ remoteId: 'exc_1', phase: 'done', remoteStatus: 'done' }),
        observation({ remoteId: 'exc_2', phase: 'failed', remoteStatus: 'error' }),
        observation({ remoteId: 'exc_other', phase: 'done', remoteStatus: 'done' }),
      );
    service.read = ({ remoteId }) =>
      single(observation({ remoteId, phase: 'done', remoteStatus: 'done' }));
    await clock.advance(MINUTE_MS);
    expect([...store.jobs.values()].map(({ remoteId, phase }) => `${remoteId} ${phase}`)).toEqual([
      'exc_1 done',
      'exc_2 failed',
      'exc_3 done',
    ]);
    expect(service.count('list of ended')).toBe(1);
    expect(service.asked.filter(({ what }) => what.startsWith('execution'))).toHaveLength(1);
  });

  it('looks up each separately where the service lists no ended ones, and does not try that list again soon', async () => {
    const ids = ['exc_1', 'exc_2', 'exc_3', 'exc_4'];
    const listed = (from: number) =>
      activeList(...ids.slice(from).map((remoteId) => observation({ remoteId })));
    service.list = () => listed(0);
    poller.pollNow();
    await clock.advance(MINUTE_MS);
    service.listEnded = () => single();
    service.read = ({ remoteId }) =>
      single(observation({ remoteId, phase: 'done', remoteStatus: 'done' }));
    service.list = () => listed(2);
    await clock.advance(MINUTE_MS);
    service.list = () => listed(4);
    await clock.advance(MINUTE_MS);
    expect([...store.jobs.values()].every(({ phase }) => phase === 'done')).toBe(true);
    expect(service.count('list of ended')).toBe(1);
  });

  it('sees the end of a job that newer ones have pushed off an incomplete list', async () => {
    service.list = () => activeList(observation({ remoteId: 'exc_old' }));
    poller.pollNow();
    await clock.advance(MINUTE_MS);
    service.list = () => single(observation({ remoteId: 'exc_new' }));
    service.read = ({ remoteId }) =>
      single(observation({ remoteId, phase: 'done', remoteStatus: 'done' }));
    await clock.advance(2 * MINUTE_MS);
    const old = [...store.jobs.values()].find(({ remoteId }) => remoteId === 'exc_old');
    expect(old?.phase).toBe('done');
  });

  it('notifies of a job that is gone altogether, but not while it is new', async () => {
    await poll();
    service.list = () => activeList();
    service.read = () => {
      throw new ServiceError('not-found', { status: 404 });
    };
    await clock.advance(30_000);
    expect(store.notifications).toEqual([]);
    await clock.advance(MINUTE_MS);
    expect(store.notifications).toMatchObject([{ outcome: 'gone' }]);
    expect(poller.status.problem).toBeNull();
  });
});

it('a hint leads to a poll at once, where the next one was minutes away', async () => {
  poller.pollNow();
  await clock.advance(10_000);
  const before = service.asked.length;
  poller.hint();
  await clock.advance(0);
  expect(service.asked).toHaveLength(before + 1);
});

describe('when renders run', () => {
  const render = (n: number) =>
    observation({ kind: 'render', remoteId: `r${n}`, clipId: 'c1', phase: 'running' });

  it('looks up all renders of a clip with one request', async () => {
    poller = makePoller({ listShows: ['processing'] });
    service.list = () => ({ ...activeList(), covers: { kind: 'processing', clipId: null } });
    service.read = () => ({
      observations: [render(1), render(2)],
      covers: { kind: 'render', clipId: 'c1' },
    });
    poller.pollNow();
    await clock.advance(0);
    poller.adopt([render(1), render(2)]);
    await clock.advance(2500);
    expect(service.asked.filter(({ what }) => what.startsWith('render'))).toHaveLength(1);
  });
});

describe('when the service refuses', () => {
  const refuse = (error: ServiceError) => {
    service.list = () => {
      throw error;
    };
  };

  it('leaves the jobs as they are and backs off: a failed poll is not a failed job', async () => {
    await poll();
    refuse(new ServiceError('service-fault', { status: 503 }));
    await clock.advance(MINUTE_MS);
    expect([...store.jobs.values()][0]?.phase).toBe('running');
    expect(poller.status).toMatchObject({ problem: 'service-fault', reason: 'backing-off' });
    expect(service.asked.length).toBeLessThan(8);
  });

  it('treats a 402 as what it is: there is no credit for polling, and the job still runs', async () => {
    await poll();
    refuse(new ServiceError('no-credit', { status: 402 }));
    await clock.advance(MINUTE_MS);
    expect([...store.jobs.values()][0]?.phase).toBe('running');
    expect(poller.status.problem).toBe('no-credit');
    expect(service.asked.length).toBeLessThan(4);
  });

  it('is up to date with the first good answer after a 402, which is soon', async () => {
    poller = makePoller({ listShows: [] });
    await poll();
    const noCredit = () => {
      throw new ServiceError('no-credit', { status: 402 });
    };
    service.list = noCredit;
    service.read = noCredit;
    await clock.advance(30 * MINUTE_MS);
    expect(poller.status.problem).toBe('no-credit');
    const refusals = service.asked.length;
    service.list = () => activeList();
    service.read = () => single(observation({ phase: 'done', remoteStatus: 'done' }));
    await clock.advance(MINUTE_MS + 1000);
    expect(poller.status.problem).toBeNull();
    const answered = service.asked.slice(refusals).map(({ what }) => what);
    expect(answered.sort()).toEqual(['execution exc_1', 'list']);
    expect(poller.status.reason).toBe('idle');
  });

  it('never polls before Retry-After, not even when the user presses “check now”', async () => {
    await poll();
    const retryAtMs = clock.nowMs() + 5 * MINUTE_MS;
    refuse(new ServiceError('rate-limited', { status: 429, retryAtMs }));
    await clock.advance(4000);
    limits = { limit: null, remaining: null, resetAtMs: null, retryAtMs };
    const before = service.asked.length;
    poller.pollNow();
    await clock.advance(4 * MINUTE_MS);
    expect(service.asked).toHaveLength(before);
    expect(poller.status.reason).toBe('rate-limited');
    await clock.advance(2 * MINUTE_MS);
    expect(service.asked.length).toBeGreaterThan(before);
  });

  it('is not polled sooner for a hint: a socket must not shorten the backoff', async () => {
    await poll();
    refuse(new ServiceError('no-credit', { status: 402 }));
    await clock.advance(MINUTE_MS);
    const before = service.asked.length;
    for (let hints = 0; hints < 20; hints += 1) {
      poller.hint();
      await clock.advance(1000);
    }
    expect(service.asked.length - before).toBeLessThan(2);
  });

  it('says after a 429 that the service limits the rate', async () => {
    refuse(new ServiceError('rate-limited', { status: 429 }));
    poller.pollNow();
    await clock.advance(0);
    expect(poller.status.reason).toBe('rate-limited');
  });

  it('continues with all other jobs when the lookup of one fails', async () => {
    poller = makePoller({ listShows: [] });
    service.list = () =>
      single(observation({ remoteId: 'bad' }), observation({ remoteId: 'good' }));
    service.read = (job) => {
      if (job.remoteId === 'bad') throw new ServiceError('service-fault', { status: 500 });
      return single(observation({ remoteId: 'good' }));
    };
    poller.pollNow();
    await clock.advance(10 * MINUTE_MS);
    expect(service.count('execution good')).toBeGreaterThan(30);
    expect(service.count('execution bad')).toBeLessThan(15);
    expect(poller.status.problem).toBeNull();
  });

  it('recovers by itself with the first answer', async () => {
    refuse(new ServiceError('unreachable'));
    poller.pollNow();
    await clock.advance(0);
    expect(poller.status).toMatchObject({ problem: 'unreachable', reason: 'backing-off' });
    service.list = () => activeList();
    await clock.advance(10_000);
    expect(poller.status).toMatchObject({ problem: null, reason: 'idle' });
  });

  it.each([
    [new StorageError('full', 'database or disk is full'), null],
    [new TypeError('a defect'), 'app-failed'],
  ])('does not blame the service when the app fails: %s', async (error, problem) => {
    let broken = true;
    service.list = () => activeList(observation());
    const commit = store.commit.bind(store);
    store.commit = (changes) => {
      if (broken) throw error;
      commit(changes);
    };
    poller.pollNow();
    await clock.advance(0);
    expect(poller.status).toMatchObject({ problem, remoteText: null });
    broken = false;
    await clock.advance(10_000);
    expect(store.jobs.size).toBe(1);
    expect(poller.status.problem).toBeNull();
  });

  it('polls again when its own store failed: the answer comes again, nothing is lost', async () => {
    let broken = true;
    const list = () => {
      if (broken) throw new Error('disk full');
      return activeList(observation());
    };
    service.list = list;
    poller.pollNow();
    await clock.advance(0);
    broken = false;
    await clock.advance(10_000);
    expect(store.jobs.size).toBe(1);
  });
});

describe('a lookup that an answer called for', () => {
  it('is tried until it is answered: a render that was started elsewhere must not be missed', async () => {
    poller = makePoller({ listShows: ['processing'] });
    let mark = 'one';
    const clip = () =>
      observation({
        kind: 'processing',
        remoteId: 'c1',
        phase: 'done',
        revisionMark: mark,
        clip: { candidates: [], editRevision: null, durationMs: null },
      });
    service.list = () => single(clip());
    poller.pollNow();
    await clock.advance(0);
    mark = 'two';
    let isDown = true;
    service.read = (job) => {
      if (isDown) throw new ServiceError('service-fault', { status: 500 });
      if (job.kind === 'processing') return single(clip());
      return single(observation({ kind: 'render', remoteId: 'r1', clipId: 'c1' }));
    };
    await clock.advance(4 * MINUTE_MS);
    isDown = false;
    await clock.advance(4 * MINUTE_MS);
    expect(store.jobs.get('a1/render/r1')).toBeDefined();
  });

  it('waits while polling is paused', async () => {
    poller.setPaused(true);
    poller.lookUpClip('c1');
    await clock.advance(MINUTE_MS);
    expect(service.asked).toEqual([]);
  });
});

it('keeps the minimum interval however often the user presses “check now”: each call may cost', async () => {
  for (let n = 0; n < 50; n += 1) {
    poller.pollNow();
    await clock.advance(20);
  }
  expect(service.asked.length).toBeLessThanOrEqual(2);
});

it('continues when the clock is set back', async () => {
  await poll();
  clock.jump(-3 * 60 * MINUTE_MS);
  const before = service.asked.length;
  poller.lookUpClip('c1');
  await clock.advance(MINUTE_MS);
  expect(service.asked.length).toBeGreaterThan(before + 3);
});

describe('when the clock is set', () => {
  const HOUR_MS = 60 * MINUTE_MS;
  const tracker = () => createRateLimitTracker(clock);

  /** Polls once, and is told to wait by an answer with these headers. */
  async function refuse(status: number, headers: Record<string, string>): Promise<void> {
    const rates = tracker();
    const date = new Date(clock.nowMs()).toUTCString();
    service.list = () => {
      const known = { ...headers, date };
      rates.responseReceived('a1', status, known);
      if (status === 200) return activeList();
      throw responseError(status, known, Buffer.from('{}'), { nowMs: clock.nowMs(), secret: null });
    };
    poller.stop();
    poller = accountPoller({
      ...{ feed, connection: service.connection, store, durations, budget, clock },
      service: { ...module, idleIntervalMs: IDLE_MS },
      rateLimits: rates.limits,
    });
    poller.start();
    await clock.advance(100);
    service.list = () => activeList(observation());
    service.asked = [];
  }

  const reset = () => String(Math.floor(clock.nowMs() / 1000) + 600);
  const REFUSALS: [string, number, () => Record<string, string>][] = [
    ['Retry-After', 429, () => ({ 'retry-after': '600' })],
    [
      'a date in Retry-After',
      429,
      () => ({ 'retry-after': new Date(clock.nowMs() + 600_000).toUTCString() }),
    ],
    [
      'a used up window',
      200,
      () => ({
        'x-ratelimit-limit': '10',
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset': reset(),
      }),
    ],
    [
      'a refused call in a used up window',
      429,
      () => ({ 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset() }),
    ],
    ['Retry-After of a fault', 503, () => ({ 'retry-after': '600' })],
  ];

  it.each(
    REFUSALS.flatMap(([what, status, headers]) =>
      [-3, 3].map((hours) => [what, hours, status, headers] as const),
    ),
  )(
    '%s lasts as long as was asked for (set by %s hours)',
    async (_what, hours, status, headers) => {
      await refuse(status, headers());
      await clock.advance(MINUTE_MS);
      clock.set(hours * HOUR_MS);
      await clock.advance(8.8 * MINUTE_MS);
      expect(service.asked).toEqual([]);
      const before = poller.status;
      expect(before.nextPollAtMs ?? 0).toBeLessThan(clock.nowMs() + MINUTE_MS);
      await clock.advance(1.2 * MINUTE_MS);
      expect(service.asked.length).toBeGreaterThan(0);
      expect(poller.status.problem).toBeNull();
    },
  );

  it('back and forth, nothing waits longer', async () => {
    await refuse(429, { 'retry-after': '600' });
    for (const hours of [-3, 5, -2, 24, -24]) {
      clock.set(hours * HOUR_MS);
      await clock.advance(MINUTE_MS);
    }
    expect(service.asked).toEqual([]);
    await clock.advance(5.1 * MINUTE_MS);
    expect(service.asked.length).toBeGreaterThan(0);
  });

  it('“Check now” asks, also before any timer has noticed it', async () => {
    await poll();
    clock.set(-3 * HOUR_MS);
    await clock.advance(2_000);
    service.asked = [];
    poller.pollNow();
    await clock.advance(2_000);
    expect(service.asked.length).toBeGreaterThan(0);
  });

  it('the wait after failures, the attempt while offline and the budget are not hours long', async () => {
    service.list = () => {
      throw new ServiceError('service-fault', { status: 500 });
    };
    poller.pollNow();
    await clock.advance(10 * MINUTE_MS);
    clock.set(-3 * HOUR_MS);
    service.asked = [];
    await clock.advance(5.1 * MINUTE_MS);
    expect(service.asked.length).toBeGreaterThan(0);

    poller.setConditions({ online: false, metered: false });
    clock.set(-3 * HOUR_MS);
    service.asked = [];
    await clock.advance(2.1 * MINUTE_MS);
    expect(service.asked.length).toBeGreaterThan(0);

    const full = new RequestBudget({ priceMs: 1, requestsPerHour: 2, coinsPerHour: 1 }, null);
    full.take(clock.nowMs());
    full.take(clock.nowMs());
    full.clockSet(3 * HOUR_MS);
    expect(full.take(clock.nowMs() + 3 * HOUR_MS)).toBe(false);
    full.clockSet(-6 * HOUR_MS);
    expect(full.take(clock.nowMs() - 3 * HOUR_MS + HOUR_MS)).toBe(true);
  });

  it('a sleep counts as time that has passed', async () => {
    await refuse(429, { 'retry-after': '600' });
    clock.jump(HOUR_MS);
    await clock.advance(MINUTE_MS);
    expect(service.asked.length).toBeGreaterThan(0);
  });
});

it('a poll that could ask nothing is no answer, and clears no problem', async () => {
  service.list = () => {
    throw new ServiceError('key-refused', { status: 401 });
  };
  poller.pollNow();
  await clock.advance(100);
  const { lastSuccessAtMs } = poller.status;
  // Used up between the plan and the poll.
  while (budget.take(clock.nowMs()));
  service.asked = [];
  poller.pollNow();
  await clock.advance(MINUTE_MS);
  expect(service.asked).toEqual([]);
  expect(poller.status).toMatchObject({ problem: 'key-refused', lastSuccessAtMs });
});

it('polls at once after a wake, also when a poll was cut off by the sleep', async () => {
  service.connection.list = (signal) =>
    new Promise((_resolve, reject) => {
      signal?.addEventListener('abort', () => reject(new ServiceError('cancelled')));
    });
  poller.pollNow();
  await clock.advance(0);
  clock.jump(60 * MINUTE_MS);
  service.connection.list = async () => activeList(observation());
  poller.restart();
  await clock.advance(100);
  expect(store.jobs.size).toBe(1);
  expect(poller.status.problem).toBeNull();
});

describe('pausing', () => {
  it('polls nothing, and polls at once when it ends', async () => {
    await poll();
    poller.setPaused(true);
    const before = service.asked.length;
    await clock.advance(60 * MINUTE_MS);
    expect(service.asked).toHaveLength(before);
    expect(poller.status).toMatchObject({ reason: 'paused', nextPollAtMs: null });
    poller.setPaused(false);
    await clock.advance(0);
    expect(service.asked).toHaveLength(before + 1);
  });

  it('is the same while nothing can be stored, whose answers would be paid for and lost', async () => {
    await poll();
    poller.halt('storage', true);
    const before = service.asked.length;
    poller.pollNow();
    await clock.advance(60 * MINUTE_MS);
    expect(service.asked).toHaveLength(before);
    expect(poller.status).toMatchObject({ problem: null, reason: 'storage', nextPollAtMs: null });
    poller.halt('storage', false);
    await clock.advance(0);
    expect(service.asked).toHaveLength(before + 1);
  });

  it('goes on only once nothing halts it any more', async () => {
    await poll();
    const before = service.asked.length;
    poller.halt('storage', true);
    poller.setPaused(true);
    poller.halt('storage', false);
    await clock.advance(60 * MINUTE_MS);
    expect(service.asked).toHaveLength(before);
    expect(poller.status.reason).toBe('paused');
    poller.setPaused(false);
    await clock.advance(0);
    expect(service.asked).toHaveLength(before + 1);
  });

  it('drops an answer that arrives after it', async () => {
    let answer: (snapshot: Snapshot) => void = () => {};
    service.connection.list = (signal) =>
      new Promise((resolve, reject) => {
        answer = resolve;
        signal?.addEventListener('abort', () => reject(new ServiceError('cancelled')));
      });
    poller.pollNow();
    await clock.advance(0);
    poller.setPaused(true);
    answer(activeList(observation()));
    await settle();
    expect(poller.status).toMatchObject({ problem: null, reason: 'paused' });
  });
});

it('does not poll any more once it is stopped', async () => {
  await poll();
  poller.stop();
  const before = service.asked.length;
  await clock.advance(60 * MINUTE_MS);
  expect(service.asked).toHaveLength(before);
});

describe('what past jobs teach', () => {
  /** One job of three minutes that is started here and followed to its end. */
  async function threeMinutes(n: number): Promise<void> {
    const startMs = clock.nowMs();
    const seen = () => {
      const isOver = clock.nowMs() - startMs >= 3 * MINUTE_MS;
      return observation({ remoteId: `exc_${n}`, phase: isOver ? 'done' : 'running' });
    };
    service.list = () => single(seen());
    poller.adopt([seen()]);
    await clock.advance(6 * MINUTE_MS);
  }

  it('decides when to poll: seldom while a three-minute job is young, often when it may end', async () => {
    for (let n = 0; n < 25; n += 1) await threeMinutes(n);
    service.asked = [];
    const startMs = clock.nowMs();
    await threeMinutes(99);
    const between = (fromMs: number, untilMs: number) =>
      service.asked.filter(({ atMs }) => atMs >= startMs + fromMs && atMs < startMs + untilMs);
    const young = between(0, 100_000);
    const old = between(150_000, 200_000);
    expect(young.length).toBeLessThanOrEqual(3);
    expect(old.length).toBeGreaterThanOrEqual(3);
  });

  it('is written together with the end of the job', async () => {
    await threeMinutes(1);
    expect(store.samples).toMatchObject([
      { service: 'clipping', kind: 'execution', scale: 'time' },
    ]);
  });

  it('is nothing where a job ended while the machine slept', async () => {
    service.list = () => activeList(observation());
    poller.adopt([observation()]);
    await clock.advance(MINUTE_MS);
    service.list = () => single(observation({ phase: 'done', remoteStatus: 'done' }));
    clock.jump(8 * 60 * MINUTE_MS);
    await clock.advance(MINUTE_MS);
    expect(store.notifications).toHaveLength(1);
    expect(store.samples).toEqual([]);
  });

  it('gives “about 2 min left” for a job once others of its kind have ended', async () => {
    for (let n = 0; n < 25; n += 1) await threeMinutes(n);
    poller.adopt([observation({ remoteId: 'exc_99' })]);
    const job = store.get('a1/execution/exc_99');
    if (!job) throw new Error('not adopted');
    const leftMs = (poller.likelyEndMs(job) ?? 0) - clock.nowMs();
    expect(leftMs).toBeGreaterThan(2 * MINUTE_MS);
    expect(leftMs).toBeLessThan(4 * MINUTE_MS);
  });

  it('counts the work that others start, and not what was started here', async () => {
    service.list = () => activeList();
    poller.pollNow();
    await clock.advance(4 * MINUTE_MS);
    poller.adopt([observation({ remoteId: 'ours' })]);
    service.list = () =>
      activeList(observation({ remoteId: 'ours' }), observation({ remoteId: 'theirs' }));
    await clock.advance(10 * MINUTE_MS);
    poller.stop();
    const jobs = store.savedArrivals.reduce((most, count) => Math.max(most, count.jobs), 0);
    expect(jobs).toBe(1);
  });
});

describe('the change feed', () => {
  it('has one `outbox` for all the ends that a poll finds, so that they become one digest', async () => {
    const ids = ['exc_1', 'exc_2', 'exc_3'];
    service.list = () => activeList(...ids.map((remoteId) => observation({ remoteId })));
    poller.pollNow();
    await clock.advance(MINUTE_MS);
    let outboxes = 0;
    feed.on('outbox', () => {
      outboxes += 1;
    });
    service.list = () => activeList();
    service.read = ({ remoteId }) =>
      single(observation({ remoteId, phase: 'done', remoteStatus: 'done' }));
    await clock.advance(MINUTE_MS);
    expect(store.notifications).toHaveLength(3);
    expect(outboxes).toBe(1);
  });

  it('has the account’s `pollingStatus` when its problem or its next poll changes', async () => {
    const problems: unknown[] = [];
    feed.on('pollingStatus', ({ accountId }) => {
      problems.push([accountId, poller.status.problem]);
    });
    service.list = () => {
      throw new ServiceError('no-credit', { status: 402 });
    };
    poller.pollNow();
    await clock.advance(0);
    expect(problems[0]).toEqual(['a1', null]);
    expect(problems.at(-1)).toEqual(['a1', 'no-credit']);
  });
});

it('finds its jobs again after a restart of the app, and polls them', async () => {
  await poll();
  poller.stop();
  poller = makePoller();
  service.asked = [];
  poller.pollNow();
  await clock.advance(MINUTE_MS);
  expect(service.asked.length).toBeGreaterThan(2);
  expect(poller.status.reason).toBe('active');
});
