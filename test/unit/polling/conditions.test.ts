import { beforeEach, describe, expect, it } from 'vitest';
import type { Snapshot } from '../../../main/domain/job';
import { ServiceError } from '../../../main/domain/service-error';
import { createWatcher } from '../../../main/polling/watcher';
import {
  account,
  activeList,
  FakeClock,
  MemoryStore,
  module,
  observation,
  ScriptedService,
} from './fakes';

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

let clock: FakeClock;
let store: MemoryStore;
let service: ScriptedService;
let watcher: ReturnType<typeof createWatcher>;
let gathered: number;
let resets: number;
let toldWhileGathering: boolean[];

beforeEach(() => {
  clock = new FakeClock();
  store = new MemoryStore();
  service = new ScriptedService(clock);
  gathered = 0;
  resets = 0;
  toldWhileGathering = [];
  watcher = createWatcher({
    store,
    clock,
    random: () => 0.5,
    logger: { info() {}, warn() {}, error() {} },
    rateLimits: () => null,
    onJobs: (news) => {
      if (news) toldWhileGathering.push(watcher.isGathering());
    },
    onStatus: () => {},
    onGathered: () => {
      gathered += 1;
    },
    onSlept: () => {
      resets += 1;
    },
  });
});

const start = () => watcher.start(account, module, service.connection);
const unreachable = (): Snapshot => {
  throw new ServiceError('unreachable');
};

describe('a sleep of the machine', () => {
  beforeEach(async () => {
    service.list = () => activeList(observation());
    start();
    await clock.advance(MINUTE_MS);
    service.asked = [];
  });

  it('is followed by one poll at once, and no burst for the hours slept', async () => {
    clock.jump(8 * HOUR_MS);
    await clock.advance(1500);
    expect(service.asked).toHaveLength(1);
  });

  it('is noticed by a late timer, so that dead connections do not eat the first minutes', async () => {
    clock.jump(8 * HOUR_MS);
    await clock.advance(MINUTE_MS);
    expect(resets).toBe(1);
  });

  it('counts once, however many signs of it there are: each poll may cost', async () => {
    clock.jump(8 * HOUR_MS);
    watcher.restart();
    await clock.advance(100);
    watcher.restart();
    await clock.advance(1800);
    expect(service.asked).toHaveLength(1);
    expect(resets).toBe(0);
  });

  it('shows no error from connections that died in it', async () => {
    service.list = unreachable;
    clock.jump(8 * HOUR_MS);
    watcher.restart();
    await clock.advance(1000);
    expect(service.asked).toHaveLength(1);
    expect(watcher.status('a1')).toMatchObject({ problem: null, reason: 'active' });
    service.list = () => activeList(observation());
    await clock.advance(10 * SECOND_MS);
    expect(watcher.status('a1')?.problem).toBeNull();
    expect(service.asked.length).toBeGreaterThan(1);
  });

  it('hides a lasting error no longer than the network takes to come up', async () => {
    service.list = unreachable;
    watcher.restart();
    await clock.advance(2 * MINUTE_MS);
    expect(watcher.status('a1')?.problem).toBe('unreachable');
  });

  it('gathers what ended in it, so that it is told as one digest', async () => {
    const before = gathered;
    clock.jump(HOUR_MS);
    watcher.restart();
    expect(watcher.isGathering()).toBe(true);
    service.list = () => activeList(observation({ phase: 'done', remoteStatus: 'done' }));
    await clock.advance(1000);
    expect(toldWhileGathering).toEqual([true]);
    expect(watcher.isGathering()).toBe(false);
    expect(gathered).toBe(before + 1);
  });
});

describe('gathering', () => {
  it('begins with the start and waits for every account', async () => {
    const slow = new ScriptedService(clock);
    let answer: (snapshot: Snapshot) => void = () => {};
    slow.connection.list = () =>
      new Promise((resolve) => {
        answer = resolve;
      });
    start();
    watcher.start({ ...account, id: 'a2' }, module, slow.connection);
    await clock.advance(1000);
    expect(watcher.isGathering()).toBe(true);
    answer(activeList());
    await clock.advance(0);
    expect(watcher.isGathering()).toBe(false);
    expect(gathered).toBe(1);
  });

  it('ends after a failed poll: one broken account must not silence the others', async () => {
    service.list = unreachable;
    start();
    await clock.advance(0);
    expect(gathered).toBe(1);
  });

  it('ends after 20 seconds when a service never answers', async () => {
    service.connection.list = () => new Promise(() => {});
    start();
    await clock.advance(19 * SECOND_MS);
    expect(watcher.isGathering()).toBe(true);
    await clock.advance(2 * SECOND_MS);
    expect(watcher.isGathering()).toBe(false);
    expect(gathered).toBe(1);
  });

  it('does not wait for an account that is paused or removed', async () => {
    service.connection.list = () => new Promise(() => {});
    start();
    await clock.advance(0);
    watcher.setPaused(true);
    expect(watcher.isGathering()).toBe(false);
    watcher.setPaused(false);
    watcher.start({ ...account, id: 'a2' }, module, service.connection);
    watcher.stop('a2');
    expect(watcher.isGathering()).toBe(false);
  });
});

describe('without a network', () => {
  beforeEach(async () => {
    service.list = () => activeList(observation());
    start();
    await clock.advance(MINUTE_MS);
    service.list = unreachable;
    watcher.setConditions({ online: false, metered: false });
    service.asked = [];
  });

  it('asks nothing but a rare try, and shows no error', async () => {
    await clock.advance(110 * SECOND_MS);
    expect(service.asked).toHaveLength(0);
    await clock.advance(HOUR_MS);
    expect(service.asked.length).toBeLessThanOrEqual(31);
    expect(watcher.status('a1')).toMatchObject({ problem: null, reason: 'offline' });
  });

  it('asks once at once when the network is back, and goes on without the pauses of failures', async () => {
    await clock.advance(HOUR_MS + 30 * SECOND_MS);
    service.list = () => activeList(observation());
    service.asked = [];
    watcher.setConditions({ online: true, metered: false });
    expect(watcher.isGathering()).toBe(true);
    await clock.advance(1000);
    expect(service.asked).toHaveLength(1);
    expect(watcher.isGathering()).toBe(false);
    await clock.advance(5 * MINUTE_MS);
    expect(service.asked.length).toBeGreaterThan(3);
  });

  it('watches on as usual when the system is wrong about it', async () => {
    service.list = () => activeList(observation());
    await clock.advance(3 * MINUTE_MS);
    expect(watcher.status('a1')?.reason).toBe('active');
    expect(service.asked.length).toBeGreaterThan(2);
  });

  it('asks when the user does', async () => {
    watcher.pollNow();
    await clock.advance(2 * SECOND_MS);
    expect(service.asked).toHaveLength(1);
  });
});

it('tries once at a start although the system says that there is no network', async () => {
  watcher.setConditions({ online: false, metered: false });
  start();
  await clock.advance(0);
  expect(service.asked).toHaveLength(1);
  expect(watcher.isGathering()).toBe(false);
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
    watcher.setConditions({ online: true, metered: true });
    const metered = await inTenMinutes();
    expect(metered).toBeLessThan(usual * 0.7);
  });

  it('are fewer for an account that saves, at once when it is chosen', async () => {
    const usual = await inTenMinutes();
    watcher.setPace('a1', 'saving');
    expect(await inTenMinutes()).toBeLessThan(usual * 0.6);
    watcher.setPace('a1', 'close');
    expect(await inTenMinutes()).toBeGreaterThan(usual * 1.5);
  });
});

it('keeps an account’s budget when its key is changed: the hour is the account’s', async () => {
  start();
  await clock.advance(HOUR_MS / 2);
  const spent = watcher.status('a1')?.spending.requestsLastHour ?? 0;
  expect(spent).toBeGreaterThan(5);
  start();
  expect(watcher.status('a1')?.spending.requestsLastHour).toBe(spent);
});
