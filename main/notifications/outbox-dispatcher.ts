import type { Clock } from '../domain/clock';
import { type Logger, reason } from '../domain/logger';
import type { DeliveryOutcome, OutboxNotification } from '../domain/notification';
import type { ChangeFeed } from '../events';
import type { DeliveryDecision } from './delivery-policy';
import { type Digest, type DigestReason, digestOf, needsDigest } from './digest';
import type { NotificationSubject } from './notification-subject';

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
  markDelivered(ids: string[], atMs: number, shown: boolean): void;
  /** Whether the same end of the same work was shown, or may have been, by another notification. */
  isWorkDelivered(notification: OutboxNotification): boolean;
}

/** Puts notifications on the screen. Both must settle within seconds. */
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

/**
 * Delivers each notification of the outbox once. A notification is marked `telling` before it is handed
 * to the desktop, and `told` right after the desktop's answer. If it is still `telling` at a start, the
 * app was killed in between: it may have been shown, so it comes again only within a digest, never as
 * news. While the delivery policy holds notifications back, they wait in the outbox, and then come
 * together.
 *
 * The dispatcher runs by itself whenever something is added to the outbox, or the policy may have changed
 * its mind.
 */
export function createOutboxDispatcher(deps: OutboxDispatcherDeps) {
  const { store, presenter, clock, feed, logger } = deps;
  /** Why notifications had to wait until now; a start counts as being away. */
  let heldBack: Exclude<DigestReason, 'together'> | null = 'away';
  let again = false;
  let running: Promise<void> | null = null;
  let cancelTimer: (() => void) | null = null;
  let isClosed = false;

  /** What is to be delivered. Marks as delivered what is not wanted, or repeats another one. */
  function collect(): NotificationSubject[] {
    const workIds = new Set<string>();
    const collected: NotificationSubject[] = [];
    const dropped: string[] = [];
    for (const notification of store.undelivered()) {
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

  /**
   * Hands over, and commits in the very turn in which the answer arrives: after a kill in between, nobody
   * could know that there was an answer. Delivery ends here even without an answer: the window shows the
   * outcome too, and a notification that comes hours late helps nobody.
   */
  async function deliver(ids: string[], show: () => Promise<DeliveryOutcome>): Promise<void> {
    store.markDelivering(ids);
    const outcome = await show();
    store.markDelivered(ids, clock.nowMs(), outcome === 'shown');
    feed.emit('delivery', { outcome });
    const log = outcome === 'shown' ? logger.info : logger.warn;
    log('notification delivered', { notifications: ids.join(' '), outcome });
  }

  async function dispatchAll(): Promise<void> {
    if (!mayDeliver()) return;
    const subjects = collect();
    const why = heldBack;
    heldBack = null;
    if (needsDigest(subjects, why)) {
      const ids = subjects.map(({ notification }) => notification.id);
      await deliver(ids, () => presenter.digest(digestOf(subjects, why ?? 'together')));
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
      // What was being handed over stays marked as such: the next run delivers it within a digest.
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
    feed.on('environment', ({ changes }) => {
      if (changes.doNotDisturb === false) void dispatch();
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
      await running;
    },
  };
}
