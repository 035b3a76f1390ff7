import { beforeEach, describe, expect, it } from 'vitest';
import type { Job, JobNotification } from '../../../main/domain/job';
import type { NotificationState, OutboxNotification } from '../../../main/domain/notification';
import type { DeliveryDecision } from '../../../main/notifications/delivery-policy';
import type { NotificationSubject } from '../../../main/notifications/notification-subject';
import {
  createOutboxDispatcher,
  type DeliveryOutcome,
  type OutboxStore,
  RECHECK_MS,
} from '../../../main/notifications/outbox-dispatcher';
import {
  STARTUP_GRACE_MS,
  startStartupGracePeriod,
} from '../../../main/notifications/startup-grace-period';
import { FakeClock, settle } from '../polling/fakes';

type Row = OutboxNotification & { shown: boolean };

const GATHERING: DeliveryDecision = { now: false, why: 'gathering', untilMs: null };
const QUIET: DeliveryDecision = { now: false, why: 'quiet', untilMs: null };
const NOW: DeliveryDecision = { now: true };

let outbox: Row[];
let shown: string[];
let outcomes: DeliveryOutcome[];
let outcome: () => Promise<DeliveryOutcome>;
let permission: () => DeliveryDecision;
let wanted: (notice: OutboxNotification) => boolean;
let clock: FakeClock;
/** What has happened in which order. */
let steps: string[];

interface Put {
  outcome?: JobNotification['outcome'];
  state?: NotificationState;
  workId?: string;
}

function put(id: string, { outcome: end = 'done', state = 'pending', workId = id }: Put = {}) {
  const notice = { id, jobId: `job-${id}`, workId, outcome: end, createdAtMs: 0, state };
  outbox.push({ ...notice, shown: false });
}

const store: OutboxStore = {
  undelivered: () => outbox.filter(({ state }) => state !== 'told').map((row) => ({ ...row })),
  markDelivering(ids) {
    for (const row of outbox) if (ids.includes(row.id)) row.state = 'telling';
    steps.push(`telling ${ids}`);
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

/** A teller that is past the app's start. */
async function outboxDispatcher() {
  const made = starting();
  await made.tell();
  return made;
}

function starting() {
  return createOutboxDispatcher({
    store,
    presenter: {
      one({ notice }) {
        shown.push(notice.id);
        return outcome();
      },
      digest({ done, failed, why, isOnlyUnsure, sound }) {
        shown.push(
          `${why}: ${done} done, ${failed} failed${isOnlyUnsure ? ', unsure' : ''}${sound ? '' : ', silent'}`,
        );
        return outcome();
      },
    },
    clock,
    logger: { info() {}, warn() {}, error() {} },
    notificationSubject: (notice) =>
      wanted(notice)
        ? ({ notice, job: {} as Job, sound: notice.id !== 'mute' } as NotificationSubject)
        : null,
    mayDeliver: () => permission(),
    onOutcome(what) {
      outcomes.push(what);
      steps.push(`outcome ${what}`);
    },
  });
}

beforeEach(() => {
  outbox = [];
  shown = [];
  steps = [];
  outcomes = [];
  outcome = async () => 'shown';
  permission = () => NOW;
  wanted = () => true;
  clock = new FakeClock();
});

describe('a completion', () => {
  it('is told once, however often the app is asked to tell', async () => {
    const { tell } = await outboxDispatcher();
    put('one');
    await Promise.all([tell(), tell(), tell()]);
    await tell();
    expect(shown).toEqual(['one']);
  });

  it('that comes while another is told is told too', async () => {
    const { tell } = await outboxDispatcher();
    put('one');
    outcome = async () => {
      if (outbox.length === 1) {
        put('two');
        void tell();
      }
      return 'shown';
    };
    await tell();
    expect(shown).toEqual(['one', 'two']);
  });

  it('is marked before it is shown, and as told before anything else is done with the answer', async () => {
    const { tell } = await outboxDispatcher();
    put('one');
    outcome = async () => {
      steps.push('answer');
      return 'shown';
    };
    await tell();
    expect(steps).toEqual(['telling one', 'answer', 'told one', 'outcome shown']);
  });

  it('does not come back hours later when no daemon showed it', async () => {
    const { tell } = await outboxDispatcher();
    put('one');
    outcome = async () => 'not-shown';
    await tell();
    outcome = async () => 'shown';
    await tell();
    expect(shown).toEqual(['one']);
    expect(outcomes).toEqual(['not-shown']);
  });

  it('that nobody wants stays quiet, also after they change their mind', async () => {
    const { tell } = await outboxDispatcher();
    wanted = () => false;
    put('one');
    await tell();
    wanted = () => true;
    await tell();
    expect(shown).toEqual([]);
  });

  it('is told by the next call when the store failed in the middle, and only in a silent digest', async () => {
    const { tell } = await outboxDispatcher();
    put('one');
    outcome = () => Promise.reject(new Error('gone'));
    await tell();
    outcome = async () => 'shown';
    await tell();
    expect(shown).toEqual(['one', 'together: 1 done, 0 failed, unsure']);
  });
});

describe('the same work seen by two accounts', () => {
  it('is told once, whether they see it together or one after the other', async () => {
    const { tell } = await outboxDispatcher();
    put('a', { workId: 'w' });
    put('b', { workId: 'w' });
    await tell();
    put('c', { workId: 'w' });
    await tell();
    expect(shown).toEqual(['a']);
    expect(outbox.every(({ state }) => state === 'told')).toBe(true);
  });

  it('is told by the second account when the rules of the first do not want it', async () => {
    const { tell } = await outboxDispatcher();
    wanted = ({ id }) => id === 'b';
    put('a', { workId: 'w' });
    await tell();
    put('b', { workId: 'w' });
    await tell();
    expect(shown).toEqual(['b']);
  });

  it('is told by the second account when nothing could show it for the first', async () => {
    const { tell } = await outboxDispatcher();
    outcome = async () => 'not-shown';
    put('a', { workId: 'w' });
    await tell();
    put('b', { workId: 'w' });
    await tell();
    expect(shown).toEqual(['a', 'b']);
  });

  it('is not told anew when a kill left it unsure for one of them', async () => {
    put('a', { workId: 'w', state: 'telling' });
    put('b', { workId: 'w' });
    await starting().tell();
    expect(shown).toEqual(['away: 1 done, 0 failed, unsure']);
  });
});

describe('a digest', () => {
  it('holds what a kill left unsure, which is never a new alarm', async () => {
    put('unsure', { state: 'telling' });
    put('fresh', { outcome: 'failed' });
    await starting().tell();
    expect(shown).toEqual(['away: 1 done, 1 failed']);
    expect(outbox.every(({ state }) => state === 'told')).toBe(true);
  });

  it('gathers what ended while the app was off', async () => {
    put('1');
    put('2', { outcome: 'failed' });
    await starting().tell();
    expect(shown).toEqual(['away: 1 done, 1 failed']);
  });

  it('is not made of a single result: its own notification says more and can be acted on', async () => {
    put('one');
    await starting().tell();
    expect(shown).toEqual(['one']);
  });

  it('gathers more than three that come at once, and does not call that being away', async () => {
    const { tell } = await outboxDispatcher();
    for (const id of ['1', '2', '3']) put(id);
    await tell();
    for (const id of ['4', '5', '6', '7']) put(id, { outcome: id === '7' ? 'gone' : 'done' });
    await tell();
    expect(shown).toEqual(['1', '2', '3', 'together: 3 done, 1 failed']);
  });

  it('is silent only when no account of it wants a sound', async () => {
    const { tell } = await outboxDispatcher();
    for (const id of ['mute', '2', '3', '4']) put(id);
    await tell();
    put('mute', { state: 'telling' });
    await tell();
    expect(shown).toEqual([
      'together: 4 done, 0 failed',
      'together: 1 done, 0 failed, unsure, silent',
    ]);
  });
});

describe('while it is no time for telling', () => {
  it('nothing is told, and then all of it once, with what the start had left', async () => {
    permission = () => GATHERING;
    put('left');
    const { tell } = starting();
    await tell();
    put('2');
    await tell();
    put('3', { outcome: 'failed' });
    await tell();
    expect(shown).toEqual([]);
    permission = () => NOW;
    await tell();
    await tell();
    expect(shown).toEqual(['away: 2 done, 1 failed']);
  });

  it('a wake gathers, although nothing was held before', async () => {
    const { tell } = await outboxDispatcher();
    permission = () => GATHERING;
    for (const id of ['1', '2']) {
      put(id);
      await tell();
    }
    permission = () => NOW;
    await tell();
    put('3');
    await tell();
    expect(shown).toEqual(['away: 2 done, 0 failed', '3']);
  });

  it('what was held is told at the end of the quiet time without anybody asking', async () => {
    const { tell } = await outboxDispatcher();
    const untilMs = clock.nowMs() + 8 * 60 * 60_000;
    permission = () => (clock.nowMs() < untilMs ? { now: false, why: 'quiet', untilMs } : NOW);
    put('1');
    await tell();
    put('2');
    await tell();
    await clock.advance(8 * 60 * 60_000 - 1);
    expect(shown).toEqual([]);
    await clock.advance(1);
    expect(shown).toEqual(['quiet: 2 done, 0 failed']);
  });

  it('a clock that was set on ends the quiet time within minutes, not hours', async () => {
    const { tell } = await outboxDispatcher();
    const untilMs = clock.nowMs() + 8 * 60 * 60_000;
    permission = () => (clock.nowMs() < untilMs ? { now: false, why: 'quiet', untilMs } : NOW);
    put('1');
    await tell();
    clock.jump(9 * 60 * 60_000);
    await clock.advance(RECHECK_MS);
    expect(shown).toEqual(['1']);
  });

  it('a quiet time that begins between two notifications holds the second', async () => {
    const { tell } = await outboxDispatcher();
    put('1');
    put('2');
    outcome = async () => {
      permission = () => QUIET;
      return 'shown';
    };
    await tell();
    expect(shown).toEqual(['1']);
    permission = () => NOW;
    await tell();
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
    void made.tell();
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
    await made.tell();
    expect(shown).toEqual(['1']);
  });
});

describe('the start', () => {
  it('is over when accounts have started, or after a while with a keychain that waits for a person', async () => {
    let overs = 0;
    const quick = startStartupGracePeriod(clock, () => void overs++);
    expect(quick.isStarting()).toBe(true);
    quick.end();
    quick.end();
    expect(quick.isStarting()).toBe(false);
    const slow = startStartupGracePeriod(clock, () => void overs++);
    await clock.advance(STARTUP_GRACE_MS);
    expect(slow.isStarting()).toBe(false);
    expect(overs).toBe(2);
  });
});
