import type { Clock } from '../domain/clock';
import type { Logger } from '../domain/logger';
import { type StorageError, type StorageProblem, storageProblemOf } from '../domain/storage-error';
import type { ChangeFeed } from '../events';

/** How often to check whether something can be stored again. */
const RECHECK_MS = 5_000;

/** Whether anything can be stored. Emits `storage` on the feed when that changes. */
export function createStorageHealth(feed: ChangeFeed, logger: Logger) {
  let problem: StorageProblem | null = null;

  function set(changed: StorageProblem | null): void {
    if (changed === problem) return;
    problem = changed;
    feed.emit('storage', { problem });
  }

  return {
    problem: (): StorageProblem | null => problem,
    /** Something was not stored or read. A defect in one statement says nothing about the others. */
    failed(error: StorageError): void {
      const found = storageProblemOf(error);
      if (found === null || found === problem) return;
      logger.error('nothing can be stored', { reason: error.message });
      set(found);
    },
    recovered(): void {
      if (problem !== null) logger.info('storing works again', { after: problem });
      set(null);
    },
  };
}

/**
 * As long as nothing can be stored, calls `check` regularly, which stores something if it can: everything
 * goes on by itself once there is space again. A damaged file does not mend itself.
 */
export function recheckStorage(feed: ChangeFeed, clock: Clock, check: () => void): void {
  let isWaiting = false;
  let current: StorageProblem | null = null;

  function checkLater(): void {
    if (isWaiting || current === null || current === 'damaged') return;
    isWaiting = true;
    clock.after(RECHECK_MS, () => {
      isWaiting = false;
      check();
      checkLater();
    });
  }

  feed.on('storage', ({ problem }) => {
    current = problem;
    checkLater();
  });
}
