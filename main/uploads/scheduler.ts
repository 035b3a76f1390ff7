import { delay } from '../domain/delay';
import { storageProblemOf } from '../domain/storage-error';
import { isUnfinished, type Upload, type UploadProblem } from '../domain/upload';
import { Checksums } from './checksums';
import type { UploadQueueDeps } from './deps';
import { Stopped, startsOver, UploadFailure } from './failure';
import { LiveProgress } from './live-progress';
import { FILE_CHECK_MS, MissingFiles } from './missing-files';
import { PartSemaphore } from './part-semaphore';
import { SentFiles } from './sent-files';
import { QUIET_MS } from './settling';
import { SettlingFiles } from './settling-files';
import { StallTimeouts } from './stall-watch';
import { StorageHosts } from './storage-hosts';
import { type SharedByTransfers, Transfer } from './transfer';
import { logEvent, logProblem, storeIfPossible } from './write-log';

/** How much is sent at once. */
export interface UploadLimits {
  /** Parts in flight, over all uploads. */
  partsInFlight: number;
  /** Uploads being sent. */
  transfers: number;
}

/** How long `close` waits for calls that open or complete an upload; then for files, as drives may hang. */
const CLOSE_GRACE_MS = 3_000;
/** How long an upload waits after a defect before it is tried again. */
const DEFECT_WAIT_MS = 30_000;

interface Run {
  stop: AbortController;
  abortCalls: AbortController;
  /** Resolves when the run has released everything; never rejects. */
  ended: Promise<void>;
}

/**
 * Decides which uploads are being sent: the first in the queue whose account and file are available, as
 * many as the limits allow.
 *
 * An upload that waits for the network still counts as being sent: others would only wait for the same
 * network.
 */
export class UploadScheduler {
  readonly liveProgress: LiveProgress;
  readonly #deps: UploadQueueDeps;
  readonly #maxTransfers: number;
  readonly #shared: SharedByTransfers;
  readonly #missingFiles: MissingFiles;
  readonly #settlingFiles: SettlingFiles;
  readonly #sentFiles: SentFiles;
  readonly #checksums: Checksums;
  readonly #runs = new Map<string, Run>();
  /** Uploads whose next run discards what was sent. Lost on a restart: the user has to retry again. */
  readonly #startOver = new Set<string>();
  /** Uploads whose next runs take the file as it is, even if it is another one than was added. */
  readonly #takesChange = new Set<string>();
  #state: 'not-started' | 'running' | 'closed' = 'not-started';
  /** Nothing can be stored: parts that are sent now would have to be sent again. */
  #isStorageFailed = false;

  constructor(deps: UploadQueueDeps, { partsInFlight, transfers }: UploadLimits) {
    this.#deps = deps;
    this.#maxTransfers = transfers;
    this.#settlingFiles = new SettlingFiles(deps.clock, deps.writers, (id) => this.#settled(id));
    this.#sentFiles = new SentFiles(deps, this.#settlingFiles);
    this.#shared = {
      deps,
      settlingFiles: this.#settlingFiles,
      partSemaphore: new PartSemaphore(partsInFlight),
      hosts: new StorageHosts(),
      stallTimeouts: new StallTimeouts(),
      maxPartsInFlight: partsInFlight,
    };
    this.liveProgress = new LiveProgress(deps);
    this.#missingFiles = new MissingFiles(deps.clock, () => this.startNext());
    this.#checksums = new Checksums(deps, () => this.#runs.size === 0);
  }

  get isRunning(): boolean {
    return this.#state === 'running';
  }

  /** Whether any part of the upload is still being sent. */
  isSending(id: string): boolean {
    return this.#runs.has(id);
  }

  start(): void {
    this.#state = 'running';
    this.resumeWork();
    this.#sentFiles.start();
  }

  /** Continues whatever may have become possible: files that are back, accounts that are connected. */
  resumeWork(): void {
    if (!this.isRunning) return;
    this.#missingFiles.checkAll();
    this.startNext();
    this.#checksums.resume();
  }

  /** While nothing can be stored, nothing is started; what is being sent ends when it cannot be stored. */
  setStorageFailed(failed: boolean): void {
    this.#isStorageFailed = failed;
    if (!failed) this.resumeWork();
  }

  /**
   * Ends every run, and with it every wait, and starts again: connections from before a sleep or a change
   * of the network are dead, and what was waited for may be back. States stay.
   */
  restart(): void {
    if (!this.isRunning) return;
    for (const [id, run] of this.#runs) {
      run.stop.abort();
      if (this.#deps.store.get(id)?.state === 'sending') this.#show(id, 'unreachable');
    }
    this.resumeWork();
  }

  /** Starts as many uploads as may run, in the order of the queue. */
  startNext(): void {
    if (!this.isRunning || this.#isStorageFailed) return;
    if (this.#runs.size >= this.#maxTransfers) return;
    for (const { id, accountId, problem } of this.#deps.store.unfinished()) {
      if (this.#runs.has(id) || this.#missingFiles.has(id) || this.#settlingFiles.has(id)) continue;
      const remote = this.#deps.uploadRemote(accountId);
      if (remote === 'not-yet') continue;
      if (!remote) {
        // The account waits for its key, and the upload waits too, until `connection` on the feed.
        if (problem !== 'key-missing') this.#show(id, 'key-missing');
        continue;
      }
      this.#checksums.interrupt();
      const stop = new AbortController();
      const abortCalls = new AbortController();
      const signals = { stop: stop.signal, abortCalls: abortCalls.signal };
      const transfer = new Transfer(id, remote, this.#shared, signals);
      const ended = this.#run(id, transfer, stop.signal).then(() => this.#runEnded(id));
      this.#runs.set(id, { stop, abortCalls, ended });
      if (this.#runs.size >= this.#maxTransfers) return;
    }
  }

  /** Stops sending an upload. The caller has stored its new state already. */
  stop(id: string): void {
    this.#missingFiles.forget(id);
    this.#settlingFiles.forget(id);
    this.#runs.get(id)?.stop.abort();
  }

  /** Resolves when no part of the upload is in flight any more. */
  async stopped(id: string): Promise<void> {
    await this.#runs.get(id)?.ended;
  }

  /**
   * Makes the next run of a failed upload start over if `problem` makes the sent parts useless. If it was
   * that the file has changed, the user has seen it, and wants what is there now.
   */
  prepareRetry(id: string, problem: UploadProblem | null): void {
    if (problem && startsOver(problem)) this.#startOver.add(id);
    if (problem === 'file-changed') this.#takesChange.add(id);
  }

  /** Stops an upload that will not continue. */
  cancel(id: string): void {
    this.#startOver.delete(id);
    this.#takesChange.delete(id);
    this.stop(id);
  }

  /** Stops all runs. Resolves within a few seconds, after which the store may be closed. */
  async close(): Promise<void> {
    this.#state = 'closed';
    this.liveProgress.close();
    this.#missingFiles.close();
    this.#settlingFiles.close();
    const runs = [...this.#runs.values()];
    for (const run of runs) run.stop.abort();
    const others = [this.#checksums.close(), this.#sentFiles.close()];
    const ended = Promise.all([...others, ...runs.map((run) => run.ended)]);
    const inTime = new AbortController();
    void ended.then(() => inTime.abort());
    await delay(this.#deps.clock, CLOSE_GRACE_MS, inTime.signal);
    for (const run of runs) run.abortCalls.abort();
    await delay(this.#deps.clock, CLOSE_GRACE_MS, inTime.signal);
  }

  /** Stores what the upload waits for. */
  #show(id: string, problem: UploadProblem | null): void {
    const { store } = this.#deps;
    storeIfPossible(this.#deps, id, () => store.update(id, { problem, remoteText: null }));
  }

  /** Its file is finished: now it waits for its turn, which may be hours away. */
  #settled(id: string): void {
    if (this.#deps.store.get(id)?.problem === 'file-being-written') this.#show(id, null);
    this.startNext();
  }

  async #run(id: string, transfer: Transfer, stop: AbortSignal): Promise<void> {
    try {
      // The run must be in the list before it does anything.
      await Promise.resolve();
      this.liveProgress.follow(id, () => transfer.bytes());
      if (this.#startOver.has(id)) {
        await transfer.startOverUnlessComplete();
        this.#startOver.delete(id);
      }
      await transfer.run(this.#takesChange.has(id), () => this.#takesChange.delete(id));
    } catch (error) {
      await this.#runFailed(id, error, stop);
    }
  }

  async #runFailed(id: string, error: unknown, stop: AbortSignal): Promise<void> {
    let unexpected = error;
    try {
      if (error instanceof Stopped) return;
      if (error instanceof UploadFailure) return this.#fail(id, error);
    } catch (storeError) {
      unexpected = storeError;
    }
    const problem = storageProblemOf(unexpected);
    if (problem !== null && this.#isStorageFailed) {
      logProblem(this.#deps, id, `waits until something can be stored: ${problem}`);
      return;
    }
    // A defect. Its message may contain what must not be logged. The upload is stored as unfinished, so it
    // is tried again; not at once, or it would fail over and over.
    const { name, code } = unexpected as NodeJS.ErrnoException;
    logProblem(this.#deps, id, `unexpected ${name}${code ? ` ${code}` : ''}, waits before a retry`);
    await delay(this.#deps.clock, DEFECT_WAIT_MS, stop);
  }

  #runEnded(id: string): void {
    this.#runs.delete(id);
    if (this.#state === 'closed') return;
    try {
      const { store } = this.#deps;
      const state = store.get(id)?.state;
      if (state === undefined || state === 'sent' || state === 'cancelled') {
        this.liveProgress.remove(id);
        this.#missingFiles.forget(id);
        if (state === 'sent') this.#sentFiles.watch(id);
        else this.#settlingFiles.forget(id);
      } else this.liveProgress.setIdle(id, store.parts(id));
      this.startNext();
      this.#checksums.resume();
    } catch (error) {
      logProblem(this.#deps, id, `unexpected ${(error as Error).name} after the run`);
    }
  }

  #fail(id: string, { problem, remoteText }: UploadFailure): void {
    // The user may have paused or cancelled it by now.
    const upload = this.#deps.store.get(id);
    if (!upload || !isUnfinished(upload.state)) return;
    if (problem === 'file-missing') this.#waitForFile(upload);
    else if (problem === 'file-being-written') this.#waitUntilWritten(upload);
    else this.#endFailed(id, problem, remoteText);
  }

  /** The file was there once: most likely its drive is gone, and both will come back. */
  #waitForFile({ id, path, problem }: Upload): void {
    const { store } = this.#deps;
    if (!this.#missingFiles.waitFor(id, path, store.parts(id).length)) {
      this.#endFailed(id, 'file-unreadable', null);
      return;
    }
    if (problem === 'file-missing') return;
    store.update(id, { state: 'queued', problem: 'file-missing', remoteText: null });
    const step = { step: 'file', partNumber: null, waitMs: FILE_CHECK_MS } as const;
    logEvent(this.#deps, id, { kind: 'waited', problem: 'file-missing', ...step });
  }

  /** A recording, a copy or a download under way: it is sent when it is finished. */
  #waitUntilWritten({ id, path, problem }: Upload): void {
    this.#settlingFiles.watch(id, path);
    if (problem === 'file-being-written') return;
    const waiting = { state: 'queued', problem: 'file-being-written', remoteText: null } as const;
    this.#deps.store.update(id, waiting);
    const step = { step: 'file', partNumber: null, waitMs: QUIET_MS } as const;
    logEvent(this.#deps, id, { kind: 'waited', problem: 'file-being-written', ...step });
  }

  #endFailed(id: string, problem: UploadProblem, remoteText: string | null): void {
    const nowMs = this.#deps.clock.nowMs();
    this.#missingFiles.forget(id);
    this.#settlingFiles.forget(id);
    this.#takesChange.delete(id);
    this.#deps.store.fail(id, { problem, remoteText, restsSinceMs: nowMs }, nowMs);
    logEvent(this.#deps, id, { kind: 'failed', problem });
  }
}
