import type { Clock } from '../domain/clock';
import type { Job, Notice } from '../domain/job';
import type { Logger } from '../domain/logger';

/** More completions than this at once are told in one digest: a wake must not bring a storm. */
export const MOST_SINGLE_NOTICES = 3;

/** What became of a notification: `shown` is the daemon's word, not a hope. */
export type ShowOutcome = 'shown' | 'not-shown';

export interface TellStore {
  untold(): (Notice & { state: 'pending' | 'telling' | 'told' })[];
  mark(ids: string[], state: 'telling' | 'told', atMs: number): void;
  job(jobId: string): Job | null;
}

/** The desktop's side of telling. */
export interface Shower {
  one(notice: Notice, job: Job): Promise<ShowOutcome>;
  digest(counts: { done: number; failed: number }): Promise<ShowOutcome>;
}

export interface TellerParts {
  store: TellStore;
  shower: Shower;
  clock: Clock;
  logger: Logger;
  /** The user's choice for this kind of completion. */
  wanted: (notice: Notice, job: Job) => boolean;
}

/**
 * Tells completions once. A notice is marked `telling` before it is handed to the desktop and `told`
 * right after the daemon's answer. One found as `telling` at a start was cut off in between: whether
 * it was seen is unknown, so it is told again only within a digest, never as a new alarm.
 */
export function createTeller({ store, shower, clock, logger, wanted }: TellerParts) {
  let running = false;
  let again = false;

  const now = () => clock.nowMs();

  async function tellAll(): Promise<void> {
    const wantedNotices: { notice: ReturnType<TellStore['untold']>[number]; job: Job }[] = [];
    for (const notice of store.untold()) {
      const job = store.job(notice.jobId);
      if (job && wanted(notice, job)) wantedNotices.push({ notice, job });
      else store.mark([notice.id], 'told', now());
    }
    const unsure = wantedNotices.some(({ notice }) => notice.state === 'telling');
    if (unsure || wantedNotices.length > MOST_SINGLE_NOTICES) {
      const ids = wantedNotices.map(({ notice }) => notice.id);
      const done = wantedNotices.filter(({ notice }) => notice.outcome === 'done').length;
      store.mark(ids, 'telling', now());
      const outcome = await shower.digest({ done, failed: ids.length - done });
      store.mark(ids, 'told', now());
      logger.info('told in a digest', { count: ids.length, outcome });
      return;
    }
    for (const { notice, job } of wantedNotices) {
      store.mark([notice.id], 'telling', now());
      const outcome = await shower.one(notice, job);
      // Also when no daemon answered: the window says so, and an alarm hours late helps nobody.
      store.mark([notice.id], 'told', now());
      const log = outcome === 'shown' ? logger.info : logger.warn;
      log('told', { job: job.id, end: notice.outcome, outcome });
    }
  }

  return {
    /** Tells what is in the outbox. Calls during a run are joined into one more run after it. */
    async tell(): Promise<void> {
      again = true;
      if (running) return;
      running = true;
      try {
        while (again) {
          again = false;
          await tellAll();
        }
      } finally {
        running = false;
      }
    },
  };
}
