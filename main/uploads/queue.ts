import {
  isUnfinished,
  type QueueMove,
  type UploadProgress,
  type UploadState,
} from '../domain/upload';
import { type AddOutcome, addUpload, type UploadTarget } from './add-upload';
import type { UploadQueueDeps } from './deps';
import { RemoteAborts } from './remote-abort';
import { type UploadLimits, UploadScheduler } from './scheduler';
import { logEvent, storeIfPossible } from './write-log';

const DEFAULT_LIMITS: UploadLimits = { partsInFlight: 12, transfers: 3 };

/**
 * All uploads, and what can be done with them. Their states are in the store; the scheduler knows which
 * are being sent. Nothing is sent before `start`.
 */
class UploadQueue {
  readonly #deps: UploadQueueDeps;
  readonly #scheduler: UploadScheduler;
  readonly #remoteAborts: RemoteAborts;
  readonly #unsubscribe: (() => void)[];

  constructor(deps: UploadQueueDeps, limits: UploadLimits) {
    this.#deps = deps;
    this.#scheduler = new UploadScheduler(deps, limits);
    this.#remoteAborts = new RemoteAborts(deps, (id) => this.#scheduler.isSending(id));
    this.#unsubscribe = [
      deps.feed.on('connectivity', ({ kind }) => {
        if (kind !== 'resumed') return;
        this.#scheduler.restart();
        this.#abortPending();
      }),
      deps.feed.on('storage', ({ problem }) => {
        this.#scheduler.setStorageFailed(problem !== null);
        if (problem === null) this.#abortPending();
      }),
      deps.feed.on('connection', () => {
        this.#scheduler.resumeWork();
        this.#abortPending();
      }),
    ];
  }

  /** Live figures of every upload that has not ended, by upload id. */
  get progress(): ReadonlyMap<string, UploadProgress> {
    return this.#scheduler.liveProgress.figures;
  }

  /** Continues what an earlier run of the app left unfinished, and begins to send. */
  start(): void {
    const { store } = this.#deps;
    for (const { id, state, problem } of store.list()) {
      if (state === 'sent' || state === 'cancelled') continue;
      this.#showStoredProgress(id);
      // What it waited for in the last run may be there by now. Missing files are checked first.
      if (isUnfinished(state) && problem !== null && problem !== 'file-missing') {
        const resumed = { problem: null, remoteText: null };
        storeIfPossible(this.#deps, id, () => store.update(id, resumed));
      }
    }
    this.#scheduler.start();
    this.#abortPending();
    void this.#remoteAborts.watch();
  }

  /**
   * Stops sending because the app quits. Nothing is aborted at the service: unfinished uploads continue
   * at the next start. Resolves within a few seconds, after which the store may be closed.
   */
  async close(): Promise<void> {
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
    this.#remoteAborts.close();
    await this.#scheduler.close();
  }

  /** Checks a file and puts it at the end of the queue. `path` is absolute. */
  async add(path: string, target: UploadTarget): Promise<AddOutcome> {
    const added = await addUpload(this.#deps, path, target);
    if (added.outcome === 'refused') return added;
    const { uploadId } = added;
    // Adding a file again whose upload has failed retries that upload.
    if (added.outcome === 'failed-before') {
      // Whoever drops it again wants what is there now.
      this.#scheduler.prepareRetry(uploadId, 'file-changed');
      this.#markRetried(uploadId, 'with-file');
      this.#scheduler.startNext();
    } else {
      this.#showStoredProgress(uploadId);
      this.#scheduler.startNext();
    }
    return { outcome: 'added', uploadId };
  }

  /**
   * Stops an upload until it is resumed. A `finishing` one continues: nothing is left to send, and after
   * aborting the completion, nobody would know whether it had taken effect.
   */
  pause(id: string): void {
    const state = this.#state(id);
    if (state !== 'queued' && state !== 'sending') return;
    const restsSinceMs = this.#deps.clock.nowMs();
    const changes = { state: 'paused', problem: null, remoteText: null, restsSinceMs } as const;
    this.#deps.store.update(id, changes);
    logEvent(this.#deps, id, { kind: 'paused' });
    this.#scheduler.stop(id);
  }

  /** Puts a paused upload back to its position in the queue. */
  resume(id: string): void {
    this.#markResumed(id);
    this.#scheduler.startNext();
  }

  /** Retries a failed upload; continues where it stopped if its parts are still usable. */
  retry(id: string): void {
    this.#markRetried(id);
    this.#scheduler.startNext();
  }

  /**
   * Adds the file of a sent upload once more, which makes a new clip. The offer to do so, if there was
   * one, is over then.
   */
  async sendAgain(id: string): Promise<AddOutcome | null> {
    const { store } = this.#deps;
    const sent = store.get(id);
    if (sent?.state !== 'sent') return null;
    const { path, accountId, brandId } = sent;
    const added = await this.add(path, { accountId, brandId });
    const isAlready = added.outcome === 'refused' && added.problem === 'file-already-added';
    if (added.outcome === 'added' || isAlready) store.update(id, { problem: null });
    return added;
  }

  /**
   * Ends an upload for good and aborts it at the service. Resolves after that attempt. An upload that
   * turns out to be complete by then ends as `sent`.
   */
  async cancel(id: string): Promise<void> {
    if (this.#markCancelled(id)) await this.#abortRemote(id);
  }

  /** Cancels all uploads of an account. Resolves as `cancel` does. */
  async cancelAllOf(accountId: string): Promise<void> {
    const own = this.#deps.store.list().filter((upload) => upload.accountId === accountId);
    await Promise.all(own.map(({ id }) => this.cancel(id)));
  }

  /** Moves an upload in the queue. Uploads being sent are not interrupted. */
  move(id: string, to: QueueMove): void {
    this.#deps.store.move(id, to);
  }

  /** Pauses all uploads that can be paused. */
  pauseAll(): void {
    this.#forEvery(['queued', 'sending'], (id) => this.pause(id));
  }

  /** Resumes all paused uploads. */
  resumeAll(): void {
    this.#forEvery(['paused'], (id) => this.#markResumed(id));
    this.#scheduler.startNext();
  }

  /** Retries all failed uploads. */
  retryAll(): void {
    this.#forEvery(['failed'], (id) => this.#markRetried(id));
    this.#scheduler.startNext();
  }

  /** Cancels all that have not ended, including paused and failed ones. Resolves as `cancel` does. */
  async cancelAll(): Promise<void> {
    const states: UploadState[] = ['queued', 'sending', 'finishing', 'paused', 'failed'];
    const cancelled = this.#forEvery(states, (id) => this.#markCancelled(id));
    // One call to the service at a time: there may be thousands.
    for (const id of cancelled) await this.#abortRemote(id);
  }

  /** Makes all aborts at the services that are still pending. */
  #abortPending(): void {
    if (this.#scheduler.isRunning) void this.#remoteAborts.abortAll();
  }

  #markResumed(id: string): void {
    if (this.#state(id) !== 'paused') return;
    this.#deps.store.update(id, { state: 'queued', restsSinceMs: null });
    logEvent(this.#deps, id, { kind: 'resumed' });
  }

  #markRetried(id: string, from: 'where-it-stopped' | 'with-file' = 'where-it-stopped'): void {
    const upload = this.#deps.store.get(id);
    if (upload?.state !== 'failed') return;
    this.#scheduler.prepareRetry(id, upload.problem);
    const fresh = { problem: null, remoteText: null, endedAtMs: null, restsSinceMs: null };
    // All parts are there: whatever became of the file since must not make a second clip of it.
    const isSent = upload.problem === 'completion-unconfirmed' && upload.remote !== null;
    const state = isSent && from === 'where-it-stopped' ? 'finishing' : 'queued';
    this.#deps.store.update(id, { state, ...fresh });
    logEvent(this.#deps, id, { kind: 'retried' });
  }

  /** Whether there was something to cancel. */
  #markCancelled(id: string): boolean {
    const state = this.#state(id);
    if (state === undefined || state === 'sent' || state === 'cancelled') return false;
    const endedAtMs = this.#deps.clock.nowMs();
    const ended = { problem: null, remoteText: null, endedAtMs, restsSinceMs: null };
    this.#deps.store.update(id, { state: 'cancelled', ...ended });
    logEvent(this.#deps, id, { kind: 'cancelled' });
    this.#scheduler.cancel(id);
    return true;
  }

  async #abortRemote(id: string): Promise<void> {
    // Parts still in flight would outlive the abort at the storage host.
    await this.#scheduler.stopped(id);
    this.#scheduler.liveProgress.remove(id);
    await this.#remoteAborts.abort(id);
  }

  /** Calls `act` for all uploads in these states, and returns their ids. */
  #forEvery(states: UploadState[], act: (id: string) => void): string[] {
    const { store } = this.#deps;
    const ids = store.list().flatMap(({ id, state }) => (states.includes(state) ? [id] : []));
    store.together(() => ids.forEach(act));
    return ids;
  }

  #showStoredProgress(id: string): void {
    this.#scheduler.liveProgress.setIdle(id, this.#deps.store.parts(id));
  }

  #state(id: string): UploadState | undefined {
    return this.#deps.store.get(id)?.state;
  }
}

export type { UploadQueue };

/** Makes the queue. It sends nothing before its `start`. */
export function createUploadQueue(
  deps: UploadQueueDeps,
  limits: UploadLimits = DEFAULT_LIMITS,
): UploadQueue {
  return new UploadQueue(deps, limits);
}
