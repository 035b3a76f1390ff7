import { keptUntilMs, type RemoteUpload, type Upload } from '../domain/upload';
import { note } from './log';
import type { UploadPorts } from './ports';
import { abortIfThere } from './transfer';

/** How often to look for uploads that have rested for too long. */
const LOOK_MS = 60 * 60_000;

/**
 * Whether an upload was given up here, and the service has not confirmed yet that it knows. Such a
 * record keeps its `remote`, so that it is told again until it does.
 */
function isToBeTold(upload: Upload): upload is Upload & { remote: RemoteUpload } {
  const givenUp =
    upload.state === 'cancelled' || (upload.state === 'failed' && upload.problem === 'expired');
  return givenUp && upload.remote !== null;
}

function isOverdue(upload: Upload, nowMs: number): boolean {
  const untilMs = keptUntilMs(upload);
  return untilMs !== null && nowMs >= untilMs;
}

/** Tells services which uploads will not be completed: cancelled ones, and those nobody went on with. */
export class RemoteAborts {
  readonly #ports: UploadPorts;
  readonly #isRunning: (uploadId: string) => boolean;
  readonly #notificationRules = new Set<string>();
  readonly #closed = new AbortController();

  constructor(ports: UploadPorts, isRunning: (uploadId: string) => boolean) {
    this.#ports = ports;
    this.#isRunning = isRunning;
  }

  /** Looks every hour from now on, until `close`. */
  async watch(): Promise<void> {
    const { signal } = this.#closed;
    while (!signal.aborted) {
      await this.#ports.clock.delay(LOOK_MS, signal);
      if (!signal.aborted) await this.all();
    }
  }

  /** Gives up what has rested for too long, and tells of all that is still to be told. */
  async all(): Promise<void> {
    try {
      const { store, clock } = this.#ports;
      for (const upload of store.list()) {
        if (isOverdue(upload, clock.now())) this.#expire(upload);
        else if (!isToBeTold(upload)) continue;
        await this.tell(upload.id);
        if (this.#closed.signal.aborted) return;
      }
    } catch (error) {
      this.#ports.listener.log('', `giving up: unexpected ${(error as Error).name}`);
    }
  }

  /** Tells the service that an upload was given up, if it is still to be told. */
  async tell(id: string): Promise<void> {
    const { store, listener } = this.#ports;
    const upload = store.get(id);
    if (!upload || !isToBeTold(upload) || this.#isRunning(id) || this.#notificationRules.has(id))
      return;
    const remote = this.#ports.remoteFor(upload.accountId);
    if (!remote || remote === 'not-yet') return;
    this.#notificationRules.add(id);
    try {
      await abortIfThere(remote, upload.remote);
    } catch (error) {
      listener.log(id, `giving up: ${(error as Error).message}`);
      return;
    } finally {
      this.#notificationRules.delete(id);
    }
    if (this.#closed.signal.aborted) return;
    // Meanwhile the user may have begun it anew: then it has another upload at the service.
    const now = store.get(id);
    if (!now || !isToBeTold(now) || now.remote.uploadId !== upload.remote.uploadId) return;
    store.startOver(id, { remote: null });
    note(this.#ports, id, { kind: 'given-up' });
    listener.changed(id);
  }

  close(): void {
    this.#closed.abort();
  }

  #expire({ id, accountId }: Upload): void {
    const { store, listener, clock } = this.#ports;
    const remote = this.#ports.remoteFor(accountId);
    if (!remote || remote === 'not-yet') return;
    store.fail(id, { problem: 'expired', remoteText: null }, clock.now());
    listener.changed(id);
    note(this.#ports, id, { kind: 'expired' });
  }
}
