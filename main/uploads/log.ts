import type { UploadEvent } from '../domain/upload';
import type { UploadPorts } from './ports';

/**
 * Writes a step into an upload's log, then tells of it. What the log is about has happened already,
 * so a log that cannot be written must not undo it: then only the app's log says so.
 */
export function note(ports: UploadPorts, id: string, event: UploadEvent): void {
  try {
    ports.store.addEvent(id, ports.clock.now(), event);
  } catch (error) {
    ports.listener.log(id, `${event.kind} not written: ${(error as Error).name}`);
    return;
  }
  ports.listener.happened(id, event);
}
