import { beforeEach, describe, expect, it } from 'vitest';
import type { Snapshot } from '../../../main/domain/job';
import { ServiceError } from '../../../main/domain/service-error';
import { type ChangeFeed, createChangeFeed } from '../../../main/events';
import { createPollingService } from '../../../main/polling/polling-service';
import {
  account,
  activeList,
  FakeClock,
  MemoryStore,
  module,
  observation,
  ScriptedService,
  settle,
} from './fakes';

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const NETWORK = { online: true, metered: false };

let clock: FakeClock;
let feed: ChangeFeed;
let store: MemoryStore;
let service: ScriptedService;
let polling: ReturnType<typeof createPollingService>;
let catchUpsEnded: number;
/** For each `outbox`, whether it came within a catch-up period. */
let outboxWhileCatchingUp: boolean[];

beforeEach(() => {
  const logger = { info() {}, warn() {}, error() {} };
  clock = new FakeClock();
  feed = createChangeFeed(logger);
  store = new MemoryStore();
  service = new ScriptedService(clock);
  catchUpsEnded = 0;
  outboxWhileCatchingUp = [];
  polling = createPollingService({
    store,
    feed,
    clock,
    random: () => 0.5,
    logger,
    rateLimits: () => null,
  });
  feed.on('outbox', () => {
    outboxWhileCatchingUp.push(polling.isCatchingUp());
  });
  feed.on('catchUpEnded', () => {
    catchUpsEnded += 1;
  });
});

const start = () => polling.start(account, module, service.connection);
const status = () => polling.account('a1')?.status;
const unreachable = (): Snapshot => {
  throw new ServiceError('unreachable');
};
const setConditions = (conditions: typeof NETWORK) =>
  feed.emit('connectivity', { kind: 'conditions', conditions });
const wake = () => feed.emit('connectivity', { kind: 'resumed', cause: 'wake' });
/** As the connectivity service reports it. */
const networkReturns = () => {
  setConditions(NETWORK);
  feed.emit('connectivity', { kind: 'resumed', cause: 'network' });
};

it('asks nothing of any account while nothing can be stored, not even of one that is new', async () => {
  service.list = () => activeList(observation());
  start();
  await clock.advance(MINUTE_MS);
  feed.emit('storage', { problem: 'full' });
  service.asked = [];
  start();
  await clock.advance(HOUR_MS);
  expect(service.asked).toEqual([]);
  expect(status()).toMatchObject({ problem: null, reason: 'storage' });
  feed.emit('storage', { problem: null });
  await clock.advance(1500);
  expect(service.asked).toHaveLength(1);
});

describe('a sleep of the machine', () => {
  beforeEach(async () => {
    service.list = () => activeList(observation());
    start();
    await clock.advance(MINUTE_MS);
    service.asked = [];
  });

  it('is followed by one poll at once, and by no burst for the hours slept', async () => {
    clock.jump(8 * HOUR_MS);
    await clock.advance(1500);
    expect(service.asked).toHaveLength(1);
  });

  it('is followed by one poll where the clock reports a late timer before it runs its task', async () => {
    clock.onLateTimer = wake;
    clock.jump(8 * HOUR_MS);
    await clock.advance(1500);
    expect(service.asked).toHaveLength(1);
  });

  it('gets its whole catch-up period, although the timer of an earlier one is late', async () => {
    service.connection.list = () => new Promise(() => {});
    wake();
    await clock.advance(3 * SECOND_MS);
    clock.onLateTimer = wake;
    clock.jump(8 * HOUR_MS);
    await clock.advance(19 * SECOND_MS);
    expect(polling.isCatchingUp()).toBe(true);
    expect(catchUpsEnded).toBe(1);
    await clock.advance(2 * SECOND_MS);
    expect(catchUpsEnded).toBe(2);
  });

  it('counts once, however many signs of it there are within a poll: each poll may cost', async () => {
    clock.jump(8 * HOUR_MS);
    wake();
    await clock.advance(100);
    wake();
    await clock.advance(1800);
    expect(service.asked).toHaveLength(1);
  });

  it('shows no error from connections that died in it', async () => {
    service.list = unreachable;
    clock.jump(8 * HOUR_MS);
    wake();
    await clock.advance(1000);
    expect(service.asked).toHaveLength(1);
    expect(status()).toMatchObject({ problem: null, reason: 'active' });
    service.list = () => activeList(observation());
    await clock.advance(10 * SECOND_MS);
    expect(status()?.problem).toBeNull();
    expect(service.asked.length).toBeGreaterThan(1);
  });

  it('hides a lasting error no longer than the network takes to come up', async () => {
    service.list = unreachable;
    wake();
    await clock.advance(2 * MINUTE_MS);
    expect(status()?.problem).toBe('unreachable');
  });

  it('begins a catch-up period, so that what ended in it becomes one digest', async () => {
    const before = catchUpsEnded;
    clock.jump(HOUR_MS);
    wake();
    expect(polling.isCatchingUp()).toBe(true);
    service.list = () => activeList(observation({ phase: 'done', remoteStatus: 'done' }));
    await clock.advance(1000);
    expect(outboxWhileCatchingUp).toEqual([true]);
    expect(polling.isCatchingUp()).toBe(false);
    expect(catchUpsEnded).toBe(before + 1);
  });
});

describe('the catch-up period', () => {
  it('begins with the start and waits for every account', async () => {
    const slow = new ScriptedService(clock);
    let answer: (snapshot: Snapshot) => void = () => {};
    slow.connection.list = () =>
      new Promise((resolve) => {
        answer = resolve;
      });
    start();
    polling.start({ ...account, id: 'a2' }, module, slow.connection);
    await clock.advance(1000);
    expect(polling.isCatchingUp()).toBe(true);
    answer(activeList());
    await clock.advance(0);
    expect(polling.isCatchingUp()).toBe(false);
    expect(catchUpsEnded).toBe(1);
  });

  it('ends after a failed poll: one broken account must not silence the others', async () => {
    service.list = unreachable;
    start();
    await clock.advance(0);
    expect(catchUpsEnded).toBe(1);
  });

  it('ends after 20 seconds when a service never answers', async () => {
    service.connection.list = () => new Promise(() => {});
    start();
    await clock.advance(19 * SECOND_MS);
    expect(polling.isCatchingUp()).toBe(true);
    await clock.advance(2 * SECOND_MS);
    expect(polling.isCatchingUp()).toBe(false);
    expect(catchUpsEnded).toBe(1);
  });

  it('does not wait for an account that is paused or removed', async () => {
    service.connection.list = () => new Promise(() => {});
    start();
    await clock.advance(0);
    polling.setPaused(true);
    expect(polling.isCatchingUp()).toBe(false);
    polling.setPaused(false);
    polling.start({ ...account, id: 'a2' }, module, service.connection);
    polling.stop('a2');
    expect(polling.isCatchingUp()).toBe(false);
  });
});

describe('without a network', () => {
  beforeEach(async () => {
    service.list = () => activeList(observation());
    start();
    await clock.advance(MINUTE_MS);
    service.list = unreachable;
    setConditions({ online: false, metered: false });
    service.asked = [];
  });

  it('polls nothing except for a rare try, and shows no error', async () => {
    await clock.advance(110 * SECOND_MS);
    expect(service.asked).toHaveLength(0);
    await clock.advance(HOUR_MS);
    expect(service.asked.length).toBeLessThanOrEqual(31);
    expect(status()).toMatchObject({ problem: null, reason: 'offline' });
  });

  it('polls once and at once when the network is back, and continues without any backoff', async () => {
    await clock.advance(HOUR_MS + 30 * SECOND_MS);
    service.list = () => activeList(observation());
    service.asked = [];
    networkReturns();
    expect(polling.isCatchingUp()).toBe(true);
    await clock.advance(1000);
    expect(service.asked).toHaveLength(1);
    expect(polling.isCatchingUp()).toBe(false);
    await clock.advance(5 * MINUTE_MS);
    expect(service.asked.length).toBeGreaterThan(3);
  });

  it('works as usual when the system is wrong about it', async () => {
    service.list = () => activeList(observation());
    await clock.advance(3 * MINUTE_MS);
    expect(status()?.reason).toBe('active');
    expect(service.asked.length).toBeGreaterThan(2);
  });

  it('stays offline when the loss of the network cuts off a lookup', async () => {
    networkReturns();
    service.list = () => activeList(observation());
    service.connection.read = (_job, signal) =>
      new Promise((_resolve, reject) => {
        signal?.addEventListener('abort', () => reject(new ServiceError('cancelled')));
      });
    polling.account('a1')?.lookUpClip('c1');
    await clock.advance(10 * SECOND_MS);
    setConditions({ online: false, metered: false });
    await settle();
    expect(status()).toMatchObject({ problem: null, reason: 'offline' });
  });

  it('polls when the user asks', async () => {
    polling.pollNow();
    await clock.advance(2 * SECOND_MS);
    expect(service.asked).toHaveLength(1);
  });
});

it('tries once at a start although the system says that there is no network', async () => {
  setConditions({ online: false, metered: false });
  start();
  await clock.advance(0);
  expect(service.asked).toHaveLength(1);
  expect(polling.isCatchingUp()).toBe(false);
});

describe('requests', () => {
  const inTenMinutes = async (): Promise<number> => {
    service.asked = [];
    await clock.advance(10 * MINUTE_MS);
    return service.asked.length;
  };

  beforeEach(async () => {
    service.list = () => activeList(observation());
    start();
    await clock.advance(30 * MINUTE_MS);
  });

  it('are about half as many on a metered network', async () => {
    const usual = await inTenMinutes();
    setConditions({ online: true, metered: true });
    const metered = await inTenMinutes();
    expect(metered).toBeLessThan(usual * 0.7);
  });

  it('are fewer for an account that saves, at once when it is chosen', async () => {
    const usual = await inTenMinutes();
    polling.account('a1')?.setPace('saving');
    expect(await inTenMinutes()).toBeLessThan(usual * 0.6);
    polling.account('a1')?.setPace('close');
    expect(await inTenMinutes()).toBeGreaterThan(usual * 1.5);
  });
});

it('keeps an account’s budget when its key is changed: the hour is the account’s', async () => {
  start();
  await clock.advance(HOUR_MS / 2);
  const spent = status()?.spending.requestsLastHour ?? 0;
  expect(spent).toBeGreaterThan(5);
  start();
  expect(status()?.spending.requestsLastHour).toBe(spent);
});

describe('the handle of an account', () => {
  it('exists only while the account is polled', () => {
    expect(polling.account('a1')).toBeNull();
    start();
    expect(polling.account('a1')).not.toBeNull();
    polling.stop('a1');
    expect(polling.account('a1')).toBeNull();
  });

  it('writes nothing any more once the account is stopped: it may have been removed', () => {
    start();
    const handle = polling.account('a1');
    polling.stop('a1');
    handle?.adopt([observation()]);
    handle?.followClip('c1', 'boat.mp4');
    expect(store.jobs.size).toBe(0);
  });
});

it('does not listen any more once it is closed', async () => {
  start();
  await clock.advance(MINUTE_MS);
  polling.close();
  service.asked = [];
  networkReturns();
  await clock.advance(HOUR_MS);
  expect(service.asked).toEqual([]);
});

it('polls no account whose keychain answers while the app quits', async () => {
  polling.close();
  start();
  await clock.advance(HOUR_MS);
  expect(service.asked).toEqual([]);
});
