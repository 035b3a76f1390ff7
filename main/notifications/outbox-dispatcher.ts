import type { Clock } from '../domain/clock';
import { type Logger, reason } from '../domain/logger';
import type { OutboxNotification } from '../domain/notification';
import type { DeliveryDecision } from './delivery-policy';
import type { NotificationSubject } from './notification-subject';

/** More news than this at once are told in one digest: a wake must not bring a storm. */
export const MOST_SINGLE_NOTIFICATIONS = 3;

/**
 * What is held back is asked about at least this often: timers stand still while the machine sleeps,
 * and its clock may be set.
 */
export const RECHECK_MS = 10 * 60_000;

/** What became of a notification: `shown` is the desktop's word, not a hope. */
export type DeliveryOutcome = 'shown' | 'not-shown';

/** Why news come together: the user was away, it was a quiet time, or they ended at once. */
export type DigestReason = 'away' | 'quiet' | 'together';

export interface Digest {
  done: number;
  /** Failed, gone or stopped. */
  failed: number;
  why: DigestReason;
  /** Nothing in it is new for sure: it must be no alarm. */
  isOnlyUnsure: boolean;
  sound: boolean;
}

export interface OutboxStore {
  undelivered(): OutboxNotification[];
  markDelivering(ids: string[]): void;
  markDelivered(ids: string[], atMs: number, shown: boolean): void;
  isWorkDelivered(notice: OutboxNotification): boolean;
}

/** The desktop's side of telling. Neither may take for ever. */
export interface Presenter {
  one(news: NotificationSubject): Promise<DeliveryOutcome>;
  digest(digest: Digest): Promise<DeliveryOutcome>;
}

export interface OutboxDispatcherDeps {
  store: OutboxStore;
  presenter: Presenter;
  clock: Clock;
  logger: Logger;
  /** Null for what is not to be told. */
  notificationSubject: (notice: OutboxNotification) => NotificationSubject | null;
  mayDeliver: () => DeliveryDecision;
  onOutcome: (outcome: DeliveryOutcome) => void;
}

/**
 * Tells each notice of the outbox once. A notice is marked `telling` before it is handed to the
 * desktop and `told` right after the desktop's answer. One found as `telling` at a start was cut off
 * in between: whether it was seen is unknown, so it is told again only within a digest, never as a
 * new alarm. While it is no time for telling, notices wait in the outbox and then come together.
 */
export function createOutboxDispatcher(deps: OutboxDispatcherDeps) {
  const { store, presenter, clock, logger } = deps;
  /** Why notices were kept back until now; a start counts as being away. */
  let held: Exclude<DigestReason, 'together'> | null = 'away';
  let again = false;
  let running: Promise<void> | null = null;
  let cancelTimer: (() => void) | null = null;
  let closed = false;

  /** Everything that is to be told; what is not is marked as over on the way. */
  function collect(): NotificationSubject[] {
    const works = new Set<string>();
    const collected: NotificationSubject[] = [];
    const over: string[] = [];
    for (const notice of store.undelivered()) {
      const news = deps.notificationSubject(notice);
      const isRepeated =
        works.has(notice.workId) || (notice.state === 'pending' && store.isWorkDelivered(notice));
      if (news === null || isRepeated) over.push(notice.id);
      else {
        works.add(notice.workId);
        collected.push(news);
      }
    }
    if (over.length > 0) store.markDelivered(over, clock.nowMs(), false);
    return collected;
  }

  /** Whether it is time; if not, comes back when it may be. */
  function mayDeliver(): boolean {
    cancelTimer?.();
    cancelTimer = null;
    const permission = deps.mayDeliver();
    if (permission.now) return true;
    if (store.undelivered().length > 0) {
      held ??= permission.why === 'gathering' ? 'away' : 'quiet';
      const waitMs = (permission.untilMs ?? Number.POSITIVE_INFINITY) - clock.nowMs();
      cancelTimer = clock.after(Math.max(0, Math.min(waitMs, RECHECK_MS)), () => void tell());
    }
    return false;
  }

  /**
   * Hands over, and commits in the very turn in which the answer arrives: a kill in between cannot be
   * told from one before the answer. Also when nothing answered it is over: the window says so, and
   * an alarm hours late helps nobody.
   */
  async function handOver(ids: string[], show: () => Promise<DeliveryOutcome>): Promise<void> {
    store.markDelivering(ids);
    const outcome = await show();
    store.markDelivered(ids, clock.nowMs(), outcome === 'shown');
    deps.onOutcome(outcome);
    (outcome === 'shown' ? logger.info : logger.warn)('told', {
      notifications: ids.join(' '),
      outcome,
    });
  }

  function digestOf(news: NotificationSubject[], why: DigestReason): Digest {
    const done = news.filter(({ notice }) => notice.outcome === 'done').length;
    return {
      done,
      failed: news.length - done,
      why,
      isOnlyUnsure: news.every(({ notice }) => notice.state === 'telling'),
      sound: news.some(({ sound }) => sound),
    };
  }

  async function tellAll(): Promise<void> {
    if (!mayDeliver()) return;
    const news = collect();
    const why = held;
    held = null;
    const isUnsure = news.some(({ notice }) => notice.state === 'telling');
    const most = why === null ? MOST_SINGLE_NOTIFICATIONS : 1;
    if (isUnsure || news.length > most) {
      const ids = news.map(({ notice }) => notice.id);
      await handOver(ids, () => presenter.digest(digestOf(news, why ?? 'together')));
      return;
    }
    for (const one of news) {
      if (closed || !mayDeliver()) return;
      await handOver([one.notice.id], () => presenter.one(one));
    }
  }

  async function run(): Promise<void> {
    try {
      while (again && !closed) {
        again = false;
        await tellAll();
      }
    } catch (error) {
      // What was under way stays marked as such: the next call tells it within a digest.
      logger.error('telling failed', { reason: reason(error) });
    } finally {
      running = null;
    }
  }

  /**
   * Tells what is in the outbox, if it is time. To be called whenever something is put in, and
   * whenever it may have become time. Calls during a run are joined into one more run after it.
   * Never rejects.
   */
  function tell(): Promise<void> {
    if (closed) return Promise.resolve();
    again = true;
    // In a turn of its own, so that a call from within it finds it running.
    running ??= Promise.resolve().then(run);
    return running;
  }

  return {
    tell,
    /** Hands over nothing more, and resolves when the answer that is awaited has been stored. */
    async close(): Promise<void> {
      closed = true;
      cancelTimer?.();
      await running;
    },
  };
}
