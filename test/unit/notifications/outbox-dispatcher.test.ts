import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Job, JobNotification } from '../../../main/domain/job';
import type {
  DeliveryOutcome,
  NotificationState,
  OutboxNotification,
} from '../../../main/domain/notification';
import { StorageError } from '../../../main/domain/storage-error';
import { type ChangeFeed, createChangeFeed } from '../../../main/events';
import type { DeliveryDecision } from '../../../main/notifications/delivery-policy';
import { GIVE_UP_MS, RETRY_MS } from '../../../main/notifications/delivery-tries';
import type { NotificationSubject } from '../../../main/notifications/notification-subject';
import {
  createOutboxDispatcher,
  type OutboxStore,
  RECHECK_MS,
} from '../../../main/notifications/outbox-dispatcher';
import { ANSWER_MS } from '../../../main/notifications/port';
import {
  STARTUP_GRACE_MS,
  startStartupGracePeriod,
} from '../../../main/notifications/startup-grace-period';
import { FakeClock, settle } from '../polling/fakes';

type Row = OutboxNotification & { shown: boolean };

const CATCHING_UP: DeliveryDecision = { now: false, why: 'catching-up', untilMs: null };
const QUIET: DeliveryDecision = { now: false, why: 'quiet', untilMs: null };
const NOW: DeliveryDecision = { now: true };

let outbox: Row[];
let shown: string[];
let outcomes: DeliveryOutcome[];
let outcome: () => Promise<DeliveryOutcome>;
let decision: () => DeliveryDecision;
let wanted: (notification: OutboxNotification) => boolean;
let clock: FakeClock;
let feed: ChangeFeed;
/** What has happened, in order. */
let steps: string[];

interface Put {
  outcome?: JobNotification['outcome'];
  state?: NotificationState;
  workId?: string;
}

function put(id: string, { outcome: end = 'done', state = 'pending', workId = id }: Put = {}) {
  const notification = { id, jobId: `job-${id}`, workId, outcome: end, createdAtMs: 0, state };
  outbox.push({ ...notification, shown: false });
}

const store: OutboxStore = {
  hasUndelivered: () => outbox.some(({ state }) => state !== 'told'),
  undelivered: () => outbox.filter(({ state }) => state !== 'told').map((row) => ({ ...row })),
  markDelivering(ids) {
    for (const row of outbox) if (ids.includes(row.id)) row.state = 'telling';
    steps.push(`telling ${ids}`);
  },
  markNotShown(ids) {
    for (const row of outbox) if (ids.includes(row.id)) row.state = 'pending';
  },
  markDelivered(ids, _atMs, wasShown) {
    for (const row of outbox) {
      if (ids.includes(row.id)) Object.assign(row, { state: 'told', shown: wasShown });
    }
    steps.push(`told ${ids}`);
  },
  isWorkDelivered: ({ id, workId }) =>
    outbox.some(
      (row) => row.workId === workId && row.id !== id && (row.shown || row.state === 'telling'),
    ),
};

/** A dispatcher whose start is over. */
async function outboxDispatcher() {
  const made = starting();
  await made.dispatch();
  return made;
}

function starting() {
  return createOutboxDispatcher({
    store,
    presenter: {
      single({ notification }) {
        shown.push(notification.id);
        return outcome();
      },
      digest({ done, failed, why, isOnlyRepeated, sound }) {
        shown.push(
          `${why}: ${done} done, ${failed} failed${isOnlyRepeated ? ', unsure' : ''}${sound ? '' : ', silent'}`,
        );
        return outcome();
      },
    },
    clock,
    feed,
    logger: { info() {}, warn() {}, error() {} },
    subjectOf: (notification) =>
      wanted(notification)
        ? ({
            notification,
            job: {} as Job,
            sound: notification.id !== 'mute',
          } as NotificationSubject)
        : null,
    mayDeliver: () => decision(),
  });
}

beforeEach(() => {
  outbox = [];
  shown = [];
  steps = [];
  outcomes = [];
  outcome = async () => 'shown';
  decision = () => NOW;
  wanted = () => true;
  clock = new FakeClock();
  feed = createChangeFeed({ error() {} });
  feed.on('delivery', ({ outcome: what }) => {
    outcomes.push(what);
    steps.push(`outcome ${what}`);
  });
});

describe('with a full disk', () => {
  const full = () => {
    throw new StorageError('full', 'database or disk is full');
  };
  const freed = () => feed.emit('storage', { problem: null });

  afterEach(() => {
    vi.restoreAllMocks();
  });

  it('nothing is shown that could not be marked first, and all of it once there is space', async () => {
    await outboxDispatcher();
    put('one');
    const marking = vi.spyOn(store, 'markDelivering').mockImplementation(full);
    feed.emit('outbox', null);
    await settle();
    expect(shown).toEqual([]);
    expect(outbox).toMatchObject([{ state: 'pending' }]);
    marking.mockRestore();
    freed();
    await settle();
    expect(shown).toEqual(['one']);
  });

  it('what was shown is not shown again because its answer could not be stored', async () => {
    const { dispatch } = await outboxDispatcher();
    put('one');
    const storing = vi.spyOn(store, 'markDelivered').mockImplementation(full);
    await dispatch();
    await dispatch();
    put('two');
    await dispatch();
    expect(shown).toEqual(['one']);
    expect(outcomes).toEqual(['shown']);
    storing.mockRestore();
    freed();
    await settle();
    expect(shown).toEqual(['one', 'two']);
    expect(outbox).toMatchObject([
      { id: 'one', state: 'told', shown: true },
      { id: 'two', state: 'told', shown: true },
    ]);
  });

  it('an answer that could not be stored is stored at the quit if there is space by then', async () => {
    const { dispatch, close } = await outboxDispatcher();
    put('one');
    const storing = vi.spyOn(store, 'markDelivered').mockImplementation(full);
    await dispatch();
    storing.mockRestore();
    await close();
    expect(outbox).toMatchObject([{ state: 'told', shown: true }]);
  });

  it('what was not shown is tried again, although that could not be stored either', async () => {
    const { dispatch } = await outboxDispatcher();
    put('one');
    outcome = async () => 'not-shown';
    const storing = vi.spyOn(store, 'markNotShown').mockImplementation(full);
    await dispatch();
    expect(outbox).toMatchObject([{ state: 'telling' }]);
    storing.mockRestore();
    outcome = async () => 'shown';
    shown = [];
    freed();
    await settle();
    expect(shown).toEqual(['one']);
  });

  it('what ended while the app was off still comes as one summary', async () => {
    put('one');
    put('two');
    const marking = vi.spyOn(store, 'markDelivering').mockImplementation(full);
    await starting().dispatch();
    marking.mockRestore();
    freed();
    await settle();
    expect(shown).toEqual(['away: 2 done, 0 failed']);
  });
});

describe('a completion', () => {
  it('is delivered once, however often the app asks for it', async () => {
    const { dispatch } = await outboxDispatcher();
    put('one');
    await Promise.all([dispatch(), dispatch(), dispatch()]);
    await dispatch();
    expect(shown).toEqual(['one']);
  });

  it('that comes while another is being delivered is delivered too', async () => {
    const { dispatch } = await outboxDispatcher();
    put('one');
    outcome = async () => {
      if (outbox.length === 1) {
        put('two');
        void dispatch();
      }
      return 'shown';
    };
    await dispatch();
    expect(shown).toEqual(['one', 'two']);
  });

  it('is marked before it is shown, and as told before anything else is done with the answer', async () => {
    const { dispatch } = await outboxDispatcher();
    put('one');
    outcome = async () => {
      steps.push('answer');
      return 'shown';
    };
    await dispatch();
    expect(steps).toEqual(['telling one', 'answer', 'told one', 'outcome shown']);
  });

  it('does not come back hours later when no daemon showed it', async () => {
    const { dispatch } = await outboxDispatcher();
    put('one');
    outcome = async () => 'not-shown';
    await dispatch();
    await clock.advance(GIVE_UP_MS + RETRY_MS.max);
    const tries = shown.length;
    outcome = async () => 'shown';
    await dispatch();
    await clock.advance(60 * 60_000);
    expect(shown).toHaveLength(tries);
    expect(outbox).toMatchObject([{ state: 'told', shown: false }]);
    // The waits double: a desktop without a daemon is not asked all the time.
    expect(tries).toBeLessThan(20);
    expect(new Set(outcomes)).toEqual(new Set(['not-shown']));
  });

  it('that nobody wants is not shown, even if they change their mind later', async () => {
    const { dispatch } = await outboxDispatcher();
    wanted = () => false;
    put('one');
    await dispatch();
    wanted = () => true;
    await dispatch();
    expect(shown).toEqual([]);
  });

  it('comes with the next run when the store failed in the middle, and only in a silent digest', async () => {
    const { dispatch } = await outboxDispatcher();
    put('one');
    outcome = () => Promise.reject(new Error('gone'));
    await dispatch();
    outcome = async () => 'shown';
    await dispatch();
    expect(shown).toEqual(['one', 'together: 1 done, 0 failed, unsure']);
  });
});

describe('a daemon', () => {
  /** The daemon dies in the middle of a notification: nobody knows whether it was seen. */
  const dies = async () => 'interrupted' as const;
  const isBack = () => {
    outcome = async () => 'shown';
    feed.emit('environment', { changes: { notifications: true } });
    return settle();
  };

  it('that dies while it answers is told once more when it is back, within a digest', async () => {
    const { dispatch } = await outboxDispatcher();
    put('one');
    outcome = dies;
    await dispatch();
    expect(shown).toEqual(['one']);
    await isBack();
    expect(shown).toEqual(['one', 'together: 1 done, 0 failed, unsure']);
    await clock.advance(GIVE_UP_MS);
    expect(shown).toHaveLength(2);
    expect(outbox).toMatchObject([{ state: 'told', shown: true }]);
  });

  it('that the bus starts at the next call, without a word, is told after a while', async () => {
    const { dispatch } = await outboxDispatcher();
    put('one');
    outcome = dies;
    await dispatch();
    outcome = async () => 'shown';
    await clock.advance(RETRY_MS.first);
    expect(shown).toEqual(['one', 'together: 1 done, 0 failed, unsure']);
  });

  it('that was away when it was to be told shows the news itself once it is there', async () => {
    const { dispatch } = await outboxDispatcher();
    put('one');
    outcome = async () => 'not-shown';
    await dispatch();
    await isBack();
    await clock.advance(GIVE_UP_MS);
    expect(shown).toEqual(['one', 'one']);
  });

  it('that is back shows what came meanwhile in the same digest', async () => {
    const { dispatch } = await outboxDispatcher();
    put('one');
    outcome = dies;
    await dispatch();
    put('two', { outcome: 'failed' });
    await isBack();
    expect(shown).toEqual(['one', 'together: 1 done, 1 failed']);
  });

  it('that dies of every notification is not killed over and over', async () => {
    const { dispatch } = await outboxDispatcher();
    put('one');
    outcome = dies;
    await dispatch();
    for (let times = 0; times < 10; times += 1) {
      feed.emit('environment', { changes: { notifications: true } });
      await settle();
    }
    await clock.advance(GIVE_UP_MS);
    expect(shown).toHaveLength(3);
    expect(outbox).toMatchObject([{ state: 'told', shown: false }]);
  });

  it('that the bus starts for each call, and that dies until its desktop is there, tells all the same', async () => {
    const { dispatch } = await outboxDispatcher();
    put('one');
    const activated = async () => {
      feed.emit('environment', { changes: { notifications: true } });
      feed.emit('environment', { changes: { notifications: false } });
      return 'interrupted' as const;
    };
    outcome = activated;
    await dispatch();
    await clock.advance(30_000);
    expect(shown).toHaveLength(2);
    outcome = async () => 'shown';
    await clock.advance(RETRY_MS.max);
    expect(shown).toHaveLength(3);
    expect(outbox).toMatchObject([{ state: 'told', shown: true }]);
  });

  it('that the bus starts for each call, and that dies before it is asked to show, is not started over and over', async () => {
    const { dispatch } = await outboxDispatcher();
    put('one');
    outcome = async () => {
      feed.emit('environment', { changes: { notifications: true } });
      return shown.length < 5 ? 'not-shown' : 'shown';
    };
    await dispatch();
    expect(shown).toHaveLength(1);
    await clock.advance(RETRY_MS.first);
    expect(shown).toHaveLength(2);
  });

  it('that a supervisor starts again and again as it dies is not given all its tries at once', async () => {
    const { dispatch } = await outboxDispatcher();
    put('one');
    outcome = dies;
    await dispatch();
    for (let times = 0; times < 10; times += 1) {
      feed.emit('environment', { changes: { notifications: true } });
      await settle();
    }
    expect(shown).toHaveLength(2);
    outcome = async () => 'shown';
    await clock.advance(RETRY_MS.max);
    expect(outbox).toMatchObject([{ state: 'told', shown: true }]);
  });

  it('that died is not asked again by the next completion, which comes by itself', async () => {
    const { dispatch } = await outboxDispatcher();
    put('one');
    outcome = dies;
    await dispatch();
    outcome = async () => 'shown';
    put('two');
    feed.emit('outbox', null);
    await settle();
    expect(shown).toEqual(['one', 'two']);
    await clock.advance(RETRY_MS.first);
    expect(shown).toEqual(['one', 'two', 'together: 1 done, 0 failed, unsure']);
  });

  it.each([3, -3])('that comes after the clock was set by %i h still tells', async (hours) => {
    const { dispatch } = await outboxDispatcher();
    put('one');
    outcome = async () => 'not-shown';
    await dispatch();
    clock.set(hours * 60 * 60_000);
    await clock.advance(RETRY_MS.first);
    await isBack();
    expect(shown).toEqual(['one', 'one', 'one']);
    expect(outbox).toMatchObject([{ state: 'told', shown: true }]);
  });

  it('that never comes is given up after the same time when the clock was set back', async () => {
    const { dispatch } = await outboxDispatcher();
    put('one');
    outcome = async () => 'not-shown';
    await dispatch();
    clock.set(-3 * 60 * 60_000);
    await clock.advance(GIVE_UP_MS + RETRY_MS.max);
    expect(outbox).toMatchObject([{ state: 'told', shown: false }]);
  });

  it('that answers late has shown it once, and meanwhile nothing else waits for it', async () => {
    const { dispatch } = await outboxDispatcher();
    let answer: (late: DeliveryOutcome) => void = () => {};
    outcome = () =>
      new Promise((resolve) => {
        answer = resolve;
      });
    put('slow');
    void dispatch();
    await clock.advance(ANSWER_MS);
    expect(outcomes).toEqual(['not-shown']);
    outcome = async () => 'shown';
    put('next');
    await dispatch();
    await clock.advance(20_000);
    answer('shown');
    await settle();
    await clock.advance(GIVE_UP_MS);
    expect(shown).toEqual(['slow', 'next']);
    expect(outbox.map((row) => [row.state, row.shown])).toEqual([
      ['told', true],
      ['told', true],
    ]);
    expect(outcomes.at(-1)).toBe('shown');
  });

  it('that hangs and then dies is told within a digest when it is back', async () => {
    const { dispatch } = await outboxDispatcher();
    let answer: (late: DeliveryOutcome) => void = () => {};
    outcome = () =>
      new Promise((resolve) => {
        answer = resolve;
      });
    put('one');
    void dispatch();
    await clock.advance(ANSWER_MS + 3_000);
    answer('interrupted');
    await settle();
    await isBack();
    expect(shown).toEqual(['one', 'together: 1 done, 0 failed, unsure']);
  });

  it('whose answer comes after the quit leaves the next start unsure', async () => {
    const made = await outboxDispatcher();
    let answer: (late: DeliveryOutcome) => void = () => {};
    outcome = () =>
      new Promise((resolve) => {
        answer = resolve;
      });
    put('one');
    void made.dispatch();
    await clock.advance(ANSWER_MS);
    await made.close();
    answer('shown');
    await settle();
    expect(outbox).toMatchObject([{ state: 'telling' }]);
  });
});

describe('the same work seen by two accounts', () => {
  it('is delivered once, whether they see it together or one after the other', async () => {
    const { dispatch } = await outboxDispatcher();
    put('a', { workId: 'w' });
    put('b', { workId: 'w' });
    await dispatch();
    put('c', { workId: 'w' });
    await dispatch();
    expect(shown).toEqual(['a']);
    expect(outbox.every(({ state }) => state === 'told')).toBe(true);
  });

  it('is delivered for the second account when the rules of the first do not want it', async () => {
    const { dispatch } = await outboxDispatcher();
    wanted = ({ id }) => id === 'b';
    put('a', { workId: 'w' });
    await dispatch();
    put('b', { workId: 'w' });
    await dispatch();
    expect(shown).toEqual(['b']);
  });

  it('is delivered for the second account when it could not be shown for the first', async () => {
    const { dispatch } = await outboxDispatcher();
    outcome = async () => 'not-shown';
    put('a', { workId: 'w' });
    await dispatch();
    await clock.advance(GIVE_UP_MS + RETRY_MS.max);
    shown = [];
    put('b', { workId: 'w' });
    await dispatch();
    expect(shown).toEqual(['b']);
  });

  it('is no new alarm when a kill left it unsure for one of them', async () => {
    put('a', { workId: 'w', state: 'telling' });
    put('b', { workId: 'w' });
    await starting().dispatch();
    expect(shown).toEqual(['away: 1 done, 0 failed, unsure']);
  });
});

describe('a digest', () => {
  it('includes what a kill left unsure, which is never a new alarm', async () => {
    put('unsure', { state: 'telling' });
    put('fresh', { outcome: 'failed' });
    await starting().dispatch();
    expect(shown).toEqual(['away: 1 done, 1 failed']);
    expect(outbox.every(({ state }) => state === 'told')).toBe(true);
  });

  it('collects what ended while the app was off', async () => {
    put('1');
    put('2', { outcome: 'failed' });
    await starting().dispatch();
    expect(shown).toEqual(['away: 1 done, 1 failed']);
  });

  it('is not made of a single result: a notification of its own says more and can be acted on', async () => {
    put('one');
    await starting().dispatch();
    expect(shown).toEqual(['one']);
  });

  it('collects more than three that come at once, and does not call that being away', async () => {
    const { dispatch } = await outboxDispatcher();
    for (const id of ['1', '2', '3']) put(id);
    await dispatch();
    for (const id of ['4', '5', '6', '7']) put(id, { outcome: id === '7' ? 'gone' : 'done' });
    await dispatch();
    expect(shown).toEqual(['1', '2', '3', 'together: 3 done, 1 failed']);
  });

  it('is silent only when none of its accounts wants a sound', async () => {
    const { dispatch } = await outboxDispatcher();
    for (const id of ['mute', '2', '3', '4']) put(id);
    await dispatch();
    put('mute', { state: 'telling' });
    await dispatch();
    expect(shown).toEqual([
      'together: 4 done, 0 failed',
      'together: 1 done, 0 failed, unsure, silent',
    ]);
  });
});

describe('while notifications are held back', () => {
  it('nothing is shown, and then all of it once, with what was left at the start', async () => {
    decision = () => CATCHING_UP;
    put('left');
    const { dispatch } = starting();
    await dispatch();
    put('2');
    await dispatch();
    put('3', { outcome: 'failed' });
    await dispatch();
    expect(shown).toEqual([]);
    decision = () => NOW;
    await dispatch();
    await dispatch();
    expect(shown).toEqual(['away: 2 done, 1 failed']);
  });

  it('a wake holds notifications back, although none were held back before', async () => {
    const { dispatch } = await outboxDispatcher();
    decision = () => CATCHING_UP;
    for (const id of ['1', '2']) {
      put(id);
      await dispatch();
    }
    decision = () => NOW;
    await dispatch();
    put('3');
    await dispatch();
    expect(shown).toEqual(['away: 2 done, 0 failed', '3']);
  });

  it('what was held back is shown by itself when the quiet time ends', async () => {
    const { dispatch } = await outboxDispatcher();
    const untilMs = clock.nowMs() + 8 * 60 * 60_000;
    decision = () => (clock.nowMs() < untilMs ? { now: false, why: 'quiet', untilMs } : NOW);
    put('1');
    await dispatch();
    put('2');
    await dispatch();
    await clock.advance(8 * 60 * 60_000 - 1);
    expect(shown).toEqual([]);
    await clock.advance(1);
    expect(shown).toEqual(['quiet: 2 done, 0 failed']);
  });

  it('a clock that was set forward ends the quiet time within minutes, not hours', async () => {
    const { dispatch } = await outboxDispatcher();
    const untilMs = clock.nowMs() + 8 * 60 * 60_000;
    decision = () => (clock.nowMs() < untilMs ? { now: false, why: 'quiet', untilMs } : NOW);
    put('1');
    await dispatch();
    clock.jump(9 * 60 * 60_000);
    await clock.advance(RECHECK_MS);
    expect(shown).toEqual(['1']);
  });

  it('a quiet time that begins between two notifications holds the second one back', async () => {
    const { dispatch } = await outboxDispatcher();
    put('1');
    put('2');
    outcome = async () => {
      decision = () => QUIET;
      return 'shown';
    };
    await dispatch();
    expect(shown).toEqual(['1']);
    decision = () => NOW;
    await dispatch();
    expect(shown).toEqual(['1', '2']);
  });
});

describe('quitting', () => {
  it('waits for the answer that is due, so that the next start is not unsure of it', async () => {
    const made = await outboxDispatcher();
    put('1');
    put('2');
    let answer = () => {};
    outcome = () =>
      new Promise((resolve) => {
        answer = () => resolve('shown');
      });
    void made.dispatch();
    await settle();
    let isClosed = false;
    const closing = made.close().then(() => {
      isClosed = true;
    });
    await settle();
    expect(isClosed).toBe(false);
    answer();
    await closing;
    expect(outbox.map(({ state }) => state)).toEqual(['told', 'pending']);
    await made.dispatch();
    expect(shown).toEqual(['1']);
  });
});

describe('the start', () => {
  it('is over when all accounts have started, or after a while if a keychain waits for a person', async () => {
    let overs = 0;
    feed.on('catchUpEnded', () => void overs++);
    const quick = startStartupGracePeriod(clock, feed);
    expect(quick.isRunning()).toBe(true);
    quick.end();
    quick.end();
    expect(quick.isRunning()).toBe(false);
    const slow = startStartupGracePeriod(clock, feed);
    await clock.advance(STARTUP_GRACE_MS);
    expect(slow.isRunning()).toBe(false);
    expect(overs).toBe(2);
  });
});

describe('the feed', () => {
  it('is enough: what is put into the outbox is delivered without further calls', async () => {
    await outboxDispatcher();
    put('one');
    feed.emit('outbox', null);
    await settle();
    expect(shown).toEqual(['one']);
  });

  it.each([
    ['the catch-up is over', () => feed.emit('catchUpEnded', null)],
    ['quiet hours were changed', () => feed.emit('settings', { changes: { quietHours: null } })],
    [
      'the desktop may be disturbed again',
      () => feed.emit('environment', { changes: { doNotDisturb: false } }),
    ],
  ])('delivers what was held back once %s', async (_why, change) => {
    const { dispatch } = await outboxDispatcher();
    decision = () => QUIET;
    put('one');
    await dispatch();
    decision = () => NOW;
    change();
    await settle();
    expect(shown).toEqual(['one']);
  });

  it('is not listened to any more after the quit', async () => {
    const made = await outboxDispatcher();
    await made.close();
    put('one');
    feed.emit('outbox', null);
    await settle();
    expect(shown).toEqual([]);
  });
});
