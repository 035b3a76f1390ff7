import type { UploadEvent } from '../domain/upload';
import type { UploadQueueDeps } from './deps';

/**
 * Writes a step of an upload into its log and into the app's. What the log is about has happened
 * already, so a log that cannot be written must not undo it: then only the app's log says so.
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
 * Writes a line into the app's log, in English, about something that should not have happened.
 * `text` must hold no URL, no path and no key. `id` is null when no single upload is concerned.
 */
export function logProblem(deps: UploadQueueDeps, id: string | null, text: string): void {
  deps.logger.warn('upload', { upload: id, text });
}
