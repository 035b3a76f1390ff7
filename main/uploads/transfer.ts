import { setMaxListeners } from 'node:events';
import type { UploadRemote } from '../domain/service';
import type {
  RemoteUpload,
  SentPart,
  Upload,
  UploadChanges,
  UploadEvent,
  UploadProblem,
  UploadStep,
} from '../domain/upload';
import { completeRemote, isCompleteByNow } from './completion';
import type { UploadQueueDeps } from './deps';
import { throwIfStopped } from './failure';
import { checkFile } from './file-check';
import { initiateUpload } from './initiation';
import { sendPart } from './part';
import { PartDigests } from './part-digests';
import { countParts, missingParts, type PlannedPart, planParts, totalBytes } from './part-plan';
import type { PartSemaphore } from './part-semaphore';
import { PresignedUrls } from './presigned-urls';
import { abortIfThere } from './remote-abort';
import { type RetryContext, retryUntilDone } from './retry-loop';
import type { SettlingFiles } from './settling-files';
import { SourceFile } from './source-file';
import type { PartTry, StallTimeouts } from './stall-watch';
import type { StorageHosts } from './storage-hosts';
import { StoredParts } from './stored-parts';
import { takeFile } from './take-file';
import { logEvent } from './write-log';

/** Failures in a row until the window shows that the upload waits: a single one is nothing unusual. */
const SHOWN_AFTER_FAILURES = 2;

/** What the transfers of one queue share. */
export interface SharedByTransfers {
  deps: UploadQueueDeps;
  partSemaphore: PartSemaphore;
  hosts: StorageHosts;
  stallTimeouts: StallTimeouts;
  settlingFiles: Pick<SettlingFiles, 'look' | 'wasWritten'>;
  /** Maximum number of parts in flight. */
  maxPartsInFlight: number;
}

/** Signals that end a transfer. */
export interface TransferSignals {
  /** Send nothing more. Calls that change something at the service may still finish. */
  stop: AbortSignal;
  /** Abort those calls too. */
  abortCalls: AbortSignal;
}

/** One run of one upload, from its stored state to `sent`. */
export class Transfer {
  readonly #id: string;
  readonly #remote: UploadRemote;
  readonly #shared: SharedByTransfers;
  readonly #signals: TransferSignals;
  readonly #retryContext: RetryContext;
  readonly #tries = new Set<PartTry>();
  /** Waits that were logged since the last success: an hour without a network is one line. */
  readonly #loggedWaits = new Set<string>();
  #arrivedBytes = 0;
  #sizeBytes = 0;
  #shownProblem: UploadProblem | null = null;

  constructor(
    id: string,
    remote: UploadRemote,
    shared: SharedByTransfers,
    signals: TransferSignals,
  ) {
    this.#id = id;
    this.#remote = remote;
    this.#shared = shared;
    this.#signals = signals;
    this.#retryContext = {
      clock: shared.deps.clock,
      random: shared.deps.random,
      stop: signals.stop,
      onWait: (step, failing, failures, waitMs, partNumber) => {
        this.#logWait(step, partNumber ?? null, failing.problem, waitMs);
        if (failures >= SHOWN_AFTER_FAILURES) {
          this.#showProblem(failing.problem, failing.remoteText);
        }
      },
      onProgress: () => {
        this.#loggedWaits.clear();
        this.#showProblem(null, null);
      },
    };
  }

  /** How much of the file has been sent: the parts that the storage host has, and those in flight. */
  bytes(): { sentBytes: number; sizeBytes: number } {
    let movedBytes = 0;
    for (const part of this.#tries) movedBytes += part.movedBytes;
    return { sentBytes: this.#arrivedBytes + movedBytes, sizeBytes: this.#sizeBytes };
  }

  /**
   * Starts over after a failure that made the sent parts useless. If the clip is complete by now after
   * all, a second one would only cost money: then `run` finds it so. Throws as `startOver` does.
   */
  async startOverUnlessComplete(): Promise<void> {
    const { remote } = this.#upload();
    const mayBeComplete = remote !== null && this.#count().length === 0;
    if (mayBeComplete && (await isCompleteByNow(this.#remote, remote, this.#retryContext))) {
      this.#update({ state: 'finishing' });
    } else await this.startOver();
  }

  /**
   * Discards at the service what was sent so far, if anything was, and continues with the file as it is now. Throws
   * UploadFailure, or Stopped on a stop.
   */
  async startOver(): Promise<void> {
    const { path, remote } = this.#upload();
    const { sizeBytes, modifiedAtMs, partSizeBytes, mimeType } = await checkFile(path);
    if (remote) {
      await retryUntilDone(
        'giving-up',
        () => abortIfThere(this.#remote, remote),
        this.#retryContext,
      );
    }
    const facts = { sizeBytes, modifiedAtMs, partSizeBytes, mimeType };
    this.#shared.deps.store.startOver(this.#id, { ...facts, remote: null });
    if (remote) this.#log({ kind: 'started-over' });
  }

  /**
   * Brings the upload to `sent`. Throws UploadFailure, or Stopped on a stop; `file-being-written` means
   * that it has to wait. `takesChange`: the user wants the file as it is, even if it is another one; `taken`
   * is called when it has been taken, whatever becomes of the upload then.
   */
  async run(takesChange: boolean, taken: () => void): Promise<void> {
    const { path, state, remote } = this.#upload();
    // All parts are there, and the file was verified after the last one: it is not needed any more.
    if (state === 'finishing' && remote) return this.#complete(remote, true);
    const file = await SourceFile.open(path);
    try {
      throwIfStopped(this.#signals.stop);
      this.#count();
      await takeFile(file, takesChange, {
        ...{ id: this.#id, deps: this.#shared.deps, stop: this.#signals.stop },
        settlingFiles: this.#shared.settlingFiles,
        startOver: () => this.startOver(),
      });
      // Starting over waits for the service, and whoever paused or cancelled it meanwhile stored that.
      throwIfStopped(this.#signals.stop);
      taken();
      const upload = this.#upload();
      file.expect(upload);
      const missing = this.#count();
      this.#update({ state: 'sending', problem: null, remoteText: null });
      this.#log({ kind: 'started', missingParts: missing.length });
      const initiated = upload.remote ?? (await this.#initiate(upload));
      await this.#send(file, initiated, missing);
      await file.verify();
      throwIfStopped(this.#signals.stop);
      // If this run had nothing left to send, an earlier one may have requested the completion already.
      await this.#complete(initiated, missing.length === 0);
    } finally {
      await file.close();
    }
  }

  /** Counts what is sent already, and returns the parts that are not. */
  #count(): PlannedPart[] {
    const { sizeBytes } = this.#upload();
    const missing = missingParts(this.#plan(), this.#parts());
    this.#sizeBytes = sizeBytes;
    this.#arrivedBytes = sizeBytes - totalBytes(missing);
    return missing;
  }

  #plan(): PlannedPart[] {
    const { sizeBytes, partSizeBytes } = this.#upload();
    return planParts(sizeBytes, partSizeBytes);
  }

  async #initiate(upload: Upload): Promise<RemoteUpload> {
    const initiated = await initiateUpload(
      this.#remote,
      upload,
      this.#retryContext,
      this.#signals.abortCalls,
    );
    try {
      this.#update({ remote: initiated });
    } catch (error) {
      // It could not be stored, so nobody could abort it later.
      await this.#remote.abort(initiated).catch(() => undefined);
      throw error;
    }
    const { partSizeBytes, sizeBytes } = upload;
    const partCount = countParts(sizeBytes, partSizeBytes);
    this.#log({ kind: 'opened', partSizeBytes, partCount });
    return initiated;
  }

  async #send(file: SourceFile, initiated: RemoteUpload, missing: PlannedPart[]): Promise<void> {
    const { deps, partSemaphore, hosts, stallTimeouts, maxPartsInFlight } = this.#shared;
    const { workers } = deps;
    const { stop } = this.#signals;
    if (missing.length === 0) return;
    // If one part cannot be sent, the others of this upload are stopped too.
    const group = new AbortController();
    // Each part in flight adds a listener, and Node takes more than ten for a leak.
    setMaxListeners(0, group.signal);
    const end = (): void => group.abort();
    if (stop.aborted) end();
    stop.addEventListener('abort', end, { once: true });
    const retryContext: RetryContext = { ...this.#retryContext, stop: group.signal };
    const numbers = missing.map((part) => part.partNumber);
    const context = {
      ...{ file, partSemaphore, hosts, stallTimeouts, workers, retryContext },
      tries: this.#tries,
      urls: new PresignedUrls(this.#remote, initiated, numbers, retryContext),
      onSignedAgain: (partNumber: number) => this.#log({ kind: 'signed-again', partNumber }),
    };
    const digests = new PartDigests(missing, file, workers, group.signal);
    const failures: unknown[] = [];
    const fail = (error: unknown): void => {
      failures.push(error);
      end();
    };
    const storedParts = new StoredParts(deps, this.#id, fail);
    const work = async (): Promise<void> => {
      try {
        for (let next = digests.next(); next; next = digests.next()) {
          const sent = await sendPart(next, context);
          storedParts.add(sent);
          this.#arrivedBytes += sent.part.sizeBytes;
          retryContext.onProgress();
        }
      } catch (error) {
        fail(error);
      }
    };
    await Promise.all(Array.from({ length: Math.min(maxPartsInFlight, missing.length) }, work));
    stop.removeEventListener('abort', end);
    await storedParts.flush();
    // The file must not be closed while something still reads it.
    await digests.settled();
    // The first failure is the cause: the other parts were stopped because of it.
    if (failures.length > 0) throw failures[0];
  }

  async #complete(initiated: RemoteUpload, maybeDone: boolean): Promise<void> {
    const parts = this.#parts();
    const plan = this.#plan();
    if (parts.length !== plan.length || missingParts(plan, parts).length > 0) {
      throw new Error('the parts do not add up to the file');
    }
    this.#update({ state: 'finishing' });
    this.#log({ kind: 'completing', partCount: parts.length });
    const { abortCalls } = this.#signals;
    await completeRemote(this.#remote, initiated, parts, maybeDone, this.#retryContext, abortCalls);
    const endedAtMs = this.#shared.deps.clock.nowMs();
    this.#update({ state: 'sent', problem: null, remoteText: null, endedAtMs });
    this.#log({ kind: 'sent' });
  }

  #upload(): Upload {
    const upload = this.#shared.deps.store.get(this.#id);
    if (!upload) throw new Error('upload is gone');
    return upload;
  }

  #parts(): SentPart[] {
    return this.#shared.deps.store.parts(this.#id);
  }

  /** Stores why the upload waits, or that it continues. */
  #showProblem(problem: UploadProblem | null, remoteText: string | null): void {
    // After a stop, whoever stopped the transfer decides what is stored.
    if (problem === this.#shownProblem || this.#signals.stop.aborted) return;
    this.#shownProblem = problem;
    this.#update({ problem, remoteText });
  }

  #update(changes: UploadChanges): void {
    this.#shared.deps.store.update(this.#id, changes);
  }

  #logWait(step: UploadStep, partNumber: number | null, problem: UploadProblem, ms: number): void {
    const waitMs = Math.round(ms);
    const key = `${step} ${partNumber} ${problem}`;
    if (this.#loggedWaits.has(key)) return;
    this.#loggedWaits.add(key);
    this.#log({ kind: 'waited', step, partNumber, problem, waitMs });
  }

  #log(event: UploadEvent): void {
    logEvent(this.#shared.deps, this.#id, event);
  }
}
