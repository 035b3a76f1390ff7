import { delay } from '../domain/delay';
import type { UploadRemote } from '../domain/service';
import { ServiceError } from '../domain/service-error';
import { keptUntilMs, type RemoteUpload, type Upload } from '../domain/upload';
import type { UploadQueueDeps } from './deps';
import { logEvent, logProblem } from './write-log';

/** How often to check for uploads that were left paused or failed for too long. */
const CHECK_MS = 60 * 60_000;

/**
 * Whether an upload was cancelled or has expired here, and the service has not yet confirmed its abort.
 * Such a record keeps its `remote`, so that the call can be repeated until it is confirmed.
 */
function isAbortPending(upload: Upload): upload is Upload & { remote: RemoteUpload } {
  const isOver =
    upload.state === 'cancelled' || (upload.state === 'failed' && upload.problem === 'expired');
  return isOver && upload.remote !== null;
}

function hasExpired(upload: Upload, nowMs: number): boolean {
  const untilMs = keptUntilMs(upload);
  return untilMs !== null && nowMs >= untilMs;
}

/**
 * Aborts a multipart upload at the service. If it does not exist, or can no longer be aborted, there is
 * nothing left to do. Throws ServiceError for any other failure.
 */
export async function abortIfThere(remote: UploadRemote, upload: RemoteUpload): Promise<void> {
  try {
    await remote.abort(upload);
  } catch (error) {
    const settled = ['not-found', 'conflict', 'rejected'];
    if (!(error instanceof ServiceError) || !settled.includes(error.problem)) throw error;
  }
}

/**
 * Aborts multipart uploads at the services that will never be completed: those of cancelled uploads, and
 * of uploads that were left paused or failed for too long.
 */
export class RemoteAborts {
  readonly #deps: UploadQueueDeps;
  readonly #isRunning: (uploadId: string) => boolean;
  readonly #aborting = new Set<string>();
  readonly #closed = new AbortController();

  constructor(deps: UploadQueueDeps, isRunning: (uploadId: string) => boolean) {
    this.#deps = deps;
    this.#isRunning = isRunning;
  }

  /** Runs `abortAll` every hour from now on, until `close`. */
  async watch(): Promise<void> {
    const { signal } = this.#closed;
    while (!signal.aborted) {
      await delay(this.#deps.clock, CHECK_MS, signal);
      if (!signal.aborted) await this.abortAll();
    }
  }

  /** Ends the uploads that have expired, and makes all pending aborts. */
  async abortAll(): Promise<void> {
    try {
      const { store, clock } = this.#deps;
      for (const upload of store.list()) {
        if (hasExpired(upload, clock.nowMs())) this.#expire(upload);
        else if (!isAbortPending(upload)) continue;
        await this.abort(upload.id);
        if (this.#closed.signal.aborted) return;
      }
    } catch (error) {
      logProblem(this.#deps, null, `remote abort: unexpected ${(error as Error).name}`);
    }
  }

  /** Aborts an upload at the service, if that is pending. */
  async abort(id: string): Promise<void> {
    const { store } = this.#deps;
    const upload = store.get(id);
    if (!upload || !isAbortPending(upload)) return;
    if (this.#isRunning(id) || this.#aborting.has(id)) return;
    const remote = this.#deps.uploadRemote(upload.accountId);
    if (!remote || remote === 'not-yet') return;
    this.#aborting.add(id);
    try {
      await abortIfThere(remote, upload.remote);
    } catch (error) {
      logProblem(this.#deps, id, `remote abort: ${(error as Error).message}`);
      return;
    } finally {
      this.#aborting.delete(id);
    }
    if (this.#closed.signal.aborted) return;
    // The user may have retried it in the meantime: then it has another multipart upload at the service.
    const now = store.get(id);
    if (!now || !isAbortPending(now) || now.remote.uploadId !== upload.remote.uploadId) return;
    store.startOver(id, { remote: null });
    logEvent(this.#deps, id, { kind: 'given-up' });
  }

  close(): void {
    this.#closed.abort();
  }

  #expire({ id, accountId }: Upload): void {
    const { store, clock } = this.#deps;
    const remote = this.#deps.uploadRemote(accountId);
    if (!remote || remote === 'not-yet') return;
    store.fail(id, { problem: 'expired', remoteText: null }, clock.nowMs());
    logEvent(this.#deps, id, { kind: 'expired' });
  }
}
