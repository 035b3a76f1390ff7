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
 * Writes a line into the app's log about something that should not have happened. `text` must contain no
 * URL, no path and no key. `id` is null if it does not concern a single upload.
 */
export function logProblem(deps: UploadQueueDeps, id: string | null, text: string): void {
  deps.logger.warn('upload', { upload: id, text });
}
