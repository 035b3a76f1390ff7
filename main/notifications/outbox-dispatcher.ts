import type { Clock } from '../domain/clock';
import { type Logger, reason } from '../domain/logger';
import type { DeliveryOutcome, OutboxNotification } from '../domain/notification';
import { storageProblemOf } from '../domain/storage-error';
import type { ChangeFeed } from '../events';
import type { DeliveryDecision } from './delivery-policy';
import { createDeliveryTries, RETRY_MS } from './delivery-tries';
import { type Digest, type DigestReason, digestOf, needsDigest } from './digest';
import type { NotificationSubject } from './notification-subject';
import { ANSWER_MS } from './port';

/**
 * While notifications are held back, the delivery policy is checked at least this often: timers stop
 * while the machine sleeps, and its clock may be changed.
 */
export const RECHECK_MS = 10 * 60_000;

export interface OutboxStore {
  undelivered(): OutboxNotification[];
  /** Whether anything waits; quick, since it is asked often while notifications are held back. */
  hasUndelivered(): boolean;
  markDelivering(ids: string[]): void;
  /** They were not shown: their delivery is still to come. */
  markNotShown(ids: string[]): void;
  markDelivered(ids: string[], atMs: number, shown: boolean): void;
  /** Whether the same end of the same work was shown, or may have been, by another notification. */
  isWorkDelivered(notification: OutboxNotification): boolean;
}

/** Puts notifications on the screen. An answer may take minutes, when the desktop hangs. */
export interface Presenter {
  single(subject: NotificationSubject): Promise<DeliveryOutcome>;
  digest(digest: Digest): Promise<DeliveryOutcome>;
}

export interface OutboxDispatcherDeps {
  store: OutboxStore;
  presenter: Presenter;
  clock: Clock;
  feed: ChangeFeed;
  logger: Logger;
  /** Null for a notification that is not wanted any more. */
  subjectOf: (notification: OutboxNotification) => NotificationSubject | null;
  mayDeliver: () => DeliveryDecision;
}

/** What the desktop's answer means for the notifications that it was given. */
interface Answer {
  /** Their delivery is over. */
  delivered: string[];
  atMs: number;
  shown: boolean;
  /** They wait to be tried again. */
  notShown: string[];
}

/**
 * Delivers each notification of the outbox once. A notification is marked `telling` before it is handed
 * to the desktop, and `told` right after the desktop's answer. If it is still `telling` at a start, the
 * app was killed in between, and it stays so when the desktop's program died before it answered: it may
 * have been shown, so it comes again only within a digest, never as news. What was certainly not shown is
 * `pending` again, and is tried again for a few minutes. While the delivery policy holds notifications
 * back, they wait in the outbox, and then come together.
 *
 * The dispatcher runs by itself whenever something is added to the outbox, or the policy may have changed
 * its mind.
 */
export function createOutboxDispatcher(deps: OutboxDispatcherDeps) {
  const { store, presenter, clock, feed, logger } = deps;
  /** Why notifications had to wait until now; a start counts as being away. */
  let heldBack: Exclude<DigestReason, 'together'> | null = 'away';
  /** What the desktop has answered, and could not be stored yet: it must not be delivered again. */
  let unstored: Answer[] = [];
  let again = false;
  let running: Promise<void> | null = null;
  let cancelTimer: (() => void) | null = null;
  const tries = createDeliveryTries(clock.monotonicMs);
  /** Handed over; the desktop has not answered yet. */
  const unanswered = new Set<string>();
  let retryMs = RETRY_MS.first;
  let cancelRetry: (() => void) | null = null;
  let isClosed = false;

  /** What is to be delivered. Marks as delivered what is not wanted, or repeats another one. */
  function collect(): NotificationSubject[] {
    const workIds = new Set<string>();
    const collected: NotificationSubject[] = [];
    const dropped: string[] = [];
    let soonestMs = Number.POSITIVE_INFINITY;
    for (const notification of store.undelivered()) {
      if (unanswered.has(notification.id)) continue;
      const dueInMs = tries.dueInMs(notification.id);
      if (dueInMs > 0) {
        soonestMs = Math.min(soonestMs, dueInMs);
        continue;
      }
      const subject = deps.subjectOf(notification);
      const isRepeated =
        workIds.has(notification.workId) ||
        (notification.state === 'pending' && store.isWorkDelivered(notification));
      if (subject === null || isRepeated) dropped.push(notification.id);
      else {
        workIds.add(notification.workId);
        collected.push(subject);
      }
    }
    if (dropped.length > 0) store.markDelivered(dropped, clock.nowMs(), false);
    for (const id of dropped) tries.end(id);
    if (soonestMs < Number.POSITIVE_INFINITY) retryIn(soonestMs);
    return collected;
  }

  /** Whether to deliver now; if not, sets a timer to check again. */
  function mayDeliver(): boolean {
    cancelTimer?.();
    cancelTimer = null;
    const decision = deps.mayDeliver();
    if (decision.now) return true;
    if (store.hasUndelivered()) {
      heldBack ??= decision.why === 'catching-up' ? 'away' : 'quiet';
      const waitMs = (decision.untilMs ?? Number.POSITIVE_INFINITY) - clock.nowMs();
      const delayMs = Math.max(0, Math.min(waitMs, RECHECK_MS));
      cancelTimer = clock.after(delayMs, () => void dispatch());
    }
    return false;
  }

  function retryIn(delayMs: number): void {
    cancelRetry?.();
    cancelRetry = clock.after(delayMs, () => void dispatch());
  }

  function retryLater(): void {
    retryIn(retryMs);
    retryMs = Math.min(retryMs * 2, RETRY_MS.max);
  }

  /** They were not shown, or may not have been: they are tried again, unless that has gone on for long. */
  function keep(ids: string[], outcome: 'not-shown' | 'interrupted'): Answer {
    const kept = ids.filter((id) => tries.failed(id, outcome));
    const over = ids.filter((id) => !kept.includes(id));
    for (const id of over) tries.end(id);
    if (kept.length > 0) retryLater();
    const notShown = outcome === 'not-shown' ? kept : [];
    return { delivered: over, atMs: clock.nowMs(), shown: false, notShown };
  }

  /** Stores what the desktop has answered, also before now. Throws when it cannot be stored. */
  function storeAnswers(): void {
    for (const answer of unstored) {
      store.markDelivered(answer.delivered, answer.atMs, answer.shown);
      if (answer.notShown.length > 0) store.markNotShown(answer.notShown);
      unstored = unstored.filter((other) => other !== answer);
    }
  }

  /** Commits in the very turn in which the answer arrives: after a kill, nobody could know of it. */
  function settle(ids: string[], outcome: DeliveryOutcome): void {
    for (const id of ids) unanswered.delete(id);
    // The storage may be closed: a late answer is lost, and the next start is not sure of it.
    if (isClosed && running === null) return;
    if (outcome === 'shown') {
      unstored.push({ delivered: ids, atMs: clock.nowMs(), shown: true, notShown: [] });
      for (const id of ids) tries.end(id);
      retryMs = RETRY_MS.first;
    } else unstored.push(keep(ids, outcome));
    try {
      storeAnswers();
    } finally {
      feed.emit('delivery', { outcome });
      const log = outcome === 'shown' ? logger.info : logger.warn;
      const isStored = unstored.length === 0;
      const what = outcome === 'shown' ? 'notification delivered' : 'notification not delivered';
      log(what, { notifications: ids.join(' '), outcome, isStored });
    }
  }

  /** Hands over, and goes on when there is an answer, or none within the time in which one should come. */
  async function deliver(ids: string[], show: () => Promise<DeliveryOutcome>): Promise<void> {
    store.markDelivering(ids);
    for (const id of ids) {
      unanswered.add(id);
      tries.begin(id);
    }
    let stopWaiting = () => {};
    const late = new Promise<'late'>((resolve) => {
      stopWaiting = clock.after(ANSWER_MS, () => resolve('late'));
    });
    const answered = show()
      .then((outcome) => settle(ids, outcome))
      .finally(() => {
        stopWaiting();
        for (const id of ids) unanswered.delete(id);
      });
    if ((await Promise.race([answered, late])) !== 'late') return;
    logger.warn('no answer to a notification yet', { notifications: ids.join(' ') });
    feed.emit('delivery', { outcome: 'not-shown' });
    answered.catch((error) => logger.error('late answer not stored', { reason: reason(error) }));
  }

  async function dispatchAll(): Promise<void> {
    storeAnswers();
    if (!mayDeliver()) return;
    const subjects = collect();
    const why = heldBack;
    heldBack = null;
    if (needsDigest(subjects, why)) {
      const ids = subjects.map(({ notification }) => notification.id);
      try {
        await deliver(ids, () => presenter.digest(digestOf(subjects, why ?? 'together')));
      } catch (error) {
        // They still wait, for the same reason as before.
        if (storageProblemOf(error) !== null) heldBack ??= why;
        throw error;
      }
      return;
    }
    for (const subject of subjects) {
      if (isClosed || !mayDeliver()) return;
      await deliver([subject.notification.id], () => presenter.single(subject));
    }
  }

  async function run(): Promise<void> {
    try {
      while (again && !isClosed) {
        again = false;
        await dispatchAll();
      }
    } catch (error) {
      // What was being handed over stays marked as such: the next run delivers it within a digest. When
      // that mark could not be stored, it was not shown, and waits.
      logger.error('notifications not delivered', { reason: reason(error) });
    } finally {
      running = null;
    }
  }

  /** Delivers what is in the outbox, if the policy allows it. Calls during a run cause one more run. */
  function dispatch(): Promise<void> {
    if (isClosed) return Promise.resolve();
    again = true;
    // Starts in a later turn, so that a call from within the run finds it running.
    running ??= Promise.resolve().then(run);
    return running;
  }

  const unsubscribe = [
    feed.on('outbox', () => void dispatch()),
    feed.on('catchUpEnded', () => void dispatch()),
    // Quiet hours may be over, or "do not disturb" may no longer be followed.
    feed.on('settings', () => void dispatch()),
    feed.on('storage', ({ problem }) => {
      if (problem === null) void dispatch();
    }),
    feed.on('environment', ({ changes }) => {
      // A daemon that has come back is told what its predecessor did not show. One that appears during a
      // call was started by that call: it is being told, and may yet die of it.
      const isBack = changes.notifications === true && unanswered.size === 0;
      if (isBack) tries.daemonIsBack();
      if (isBack || changes.doNotDisturb === false) void dispatch();
    }),
  ];

  return {
    /** Never rejects. */
    dispatch,
    /** Hands over nothing more. Resolves once the pending answer has been stored. */
    async close(): Promise<void> {
      isClosed = true;
      for (const end of unsubscribe) end();
      cancelTimer?.();
      cancelRetry?.();
      await running;
      try {
        storeAnswers();
      } catch (error) {
        logger.error('delivery not stored', { reason: reason(error) });
      }
    },
  };
}
