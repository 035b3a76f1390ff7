import { storageProblemOf } from '../domain/storage-error';
import type { UploadEvent } from '../domain/upload';
import type { UploadQueueDeps } from './deps';

/**
 * Writes a step of an upload into its log and into the app's. The step has happened already, so failing
 * to write the log must not undo it; in that case only the app's log mentions it.
 */
export function logEvent(deps: UploadQueueDeps, id: string, event: UploadEvent): void {
  try {
    deps.store.addEvent(id, deps.clock.nowMs(), event);
  } catch (error) {
    logProblem(deps, id, `${event.kind} not written: ${(error as Error).name}`);
    return;
  }
  deps.logger.info('upload', { upload: id, ...event });
}

/**
 * Stores something that is known anyway, or is only shown: a full disk must not keep the queue from its
 * work. Throws what is not a failure of the store.
 */
export function storeIfPossible(deps: UploadQueueDeps, id: string, store: () => void): void {
  try {
    store();
  } catch (error) {
    const problem = storageProblemOf(error);
    if (problem === null) throw error;
    logProblem(deps, id, `not stored: ${problem}`);
  }
}

/**
 * Writes a line into the app's log about something that should not have happened. `text` must contain no
 * URL, no path and no key. `id` is null if it does not concern a single upload.
 */
export function logProblem(deps: UploadQueueDeps, id: string | null, text: string): void {
  deps.logger.warn('upload', { upload: id, text });
}
