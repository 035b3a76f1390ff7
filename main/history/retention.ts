import type { Clock } from '../domain/clock';
import { type Logger, reason } from '../domain/logger';
import type { ChangeFeed } from '../events';

const DAY_MS = 24 * 60 * 60_000;

/** How long the log of an upload is kept after its end. */
const UPLOAD_LOG_MS = 90 * DAY_MS;

/** Jobs deleted in one go, and the pause after that: nothing else has to wait for long. */
const BATCH_JOBS = 50;
const PAUSE_MS = 50;

export interface RetentionDeps {
  history: {
    /** Deletes at most `limit` jobs, and as many uploads. True when there may be more. */
    deleteEndedBefore(beforeMs: number, limit: number): boolean;
  };
  uploads: {
    /** Deletes the logs of uploads that ended before this time. */
    deleteLogsEndedBefore(beforeMs: number): void;
  };
  /** For how many days ended jobs are kept; null keeps them forever. */
  historyDays: () => number | null;
  feed: Pick<ChangeFeed, 'on'>;
  clock: Clock;
  logger: Logger;
}

/**
 * What is deleted from the history, and when:
 *
 * - A job is deleted, with its events, as many days after its end as the user chose. It does not matter
 *   whether its result was opened: some people never open what they were notified of.
 * - It stays until its notification has been delivered, and as long as another job of its clip, or an
 *   upload that may still need the clip, has to stay.
 * - A sent or cancelled upload is deleted after the same number of days, once its clip has no jobs left.
 * - The log of an upload is deleted 90 days after the upload's end; the upload itself stays listed.
 *
 * This happens at the start, once a day, and when the user chooses another number of days.
 */
export function createRetention(deps: RetentionDeps) {
  const { history, uploads, clock, logger } = deps;
  let cancel = () => {};

  /** Undefined when it failed: it is tried again the next day. */
  function attempt<T>(work: () => T): T | undefined {
    try {
      return work();
    } catch (error) {
      logger.error('history not deleted', { reason: reason(error) });
      return undefined;
    }
  }

  function deleteJobs(): void {
    const days = deps.historyDays();
    const hasMore =
      days !== null &&
      attempt(() => history.deleteEndedBefore(clock.nowMs() - days * DAY_MS, BATCH_JOBS));
    cancel = hasMore ? clock.after(PAUSE_MS, deleteJobs) : clock.after(DAY_MS, run);
  }

  function run(): void {
    cancel();
    attempt(() => uploads.deleteLogsEndedBefore(clock.nowMs() - UPLOAD_LOG_MS));
    deleteJobs();
  }

  const unsubscribe = deps.feed.on('settings', ({ changes }) => {
    if (changes.historyDays !== undefined) run();
  });

  return {
    /** Deletes what is old enough now, and again every day. */
    start: run,
    close(): void {
      unsubscribe();
      cancel();
    },
  };
}

export type Retention = ReturnType<typeof createRetention>;
