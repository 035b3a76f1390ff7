import { setMaxListeners } from 'node:events';
import type { UploadRemote } from '../domain/service';
import { ServiceError } from '../domain/service-error';
import type {
  RemoteUpload,
  SentPart,
  Upload,
  UploadChanges,
  UploadEvent,
  UploadProblem,
  UploadStep,
} from '../domain/upload';
import { completeRemote } from './completion';
import { throwIfStopped } from './failure';
import { checkFile } from './file-check';
import { initiateUpload } from './initiation';
import { note } from './log';
import { sendPart } from './part';
import { PartDigests } from './part-digests';
import { countParts, missingParts, type PlannedPart, planParts } from './part-plan';
import type { PartSemaphore } from './part-semaphore';
import type { UploadPorts } from './ports';
import { PresignedUrls } from './presigned-urls';
import { type RetryContext, retryUntilDone } from './retry';
import { SourceFile } from './source-file';
import type { PartTry, RestLimit } from './stall-watch';
import type { StorageHosts } from './storage-hosts';
import { StoredParts } from './stored-parts';

/** Failures in a row before the user is told that the upload waits: one alone is everyday life. */
const TOLD_AFTER_FAILURES = 2;

/** What the transfers of one queue share. */
export interface Shared {
  ports: UploadPorts;
  partSemaphore: PartSemaphore;
  hosts: StorageHosts;
  restLimit: RestLimit;
  /** Most parts on their way at once. */
  partsInFlight: number;
}

/** How a transfer is told to end. */
export interface Signals {
  /** Send nothing more. Calls that change something at the service may still end. */
  stop: AbortSignal;
  /** Break off those calls too. */
  cut: AbortSignal;
}

/** One run of one upload, from where its record stands to `sent`. */
export class Transfer {
  readonly #id: string;
  readonly #remote: UploadRemote;
  readonly #shared: Shared;
  readonly #signals: Signals;
  readonly #retryContext: RetryContext;
  readonly #tries = new Set<PartTry>();
  /** Waits that the log has since something last worked: an hour without a network is one line. */
  readonly #logged = new Set<string>();
  #arrivedBytes = 0;
  #sizeBytes = 0;
  #waitsFor: UploadProblem | null = null;

  constructor(id: string, remote: UploadRemote, shared: Shared, signals: Signals) {
    this.#id = id;
    this.#remote = remote;
    this.#shared = shared;
    this.#signals = signals;
    this.#retryContext = {
      clock: shared.ports.clock,
      random: shared.ports.random,
      stop: signals.stop,
      waits: (step, failing, failures, waitMs, partNumber) => {
        this.#waited(step, partNumber ?? null, failing.problem, waitMs);
        if (failures >= TOLD_AFTER_FAILURES) this.#waits(failing.problem, failing.remoteText);
      },
      works: () => {
        this.#logged.clear();
        this.#waits(null, null);
      },
    };
  }

  /** Bytes at the storage host, with those on the way to it, and bytes of the file. */
  standing(): { sentBytes: number; sizeBytes: number } {
    let movedBytes = 0;
    for (const part of this.#tries) movedBytes += part.movedBytes;
    return { sentBytes: this.#arrivedBytes + movedBytes, sizeBytes: this.#sizeBytes };
  }

  /**
   * Gives up at the service what was sent so far, and takes the file as it is now. Throws
   * UploadFailure, or Stopped after a stop.
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
    this.#shared.ports.store.startOver(this.#id, { ...facts, remote: null });
    this.#happened({ kind: 'started-over' });
    this.#shared.ports.listener.changed(this.#id);
  }

  /** Brings the upload to `sent`. Throws UploadFailure, or Stopped after a stop. */
  async run(): Promise<void> {
    const upload = this.#upload();
    const plan = planParts(upload.sizeBytes, upload.partSizeBytes);
    const missing = missingParts(plan, this.#parts());
    this.#sizeBytes = upload.sizeBytes;
    this.#arrivedBytes = upload.sizeBytes - totalBytes(missing);
    const file = await SourceFile.open(upload.path, upload);
    try {
      throwIfStopped(this.#signals.stop);
      this.#update({ state: 'sending', problem: null, remoteText: null });
      this.#happened({ kind: 'started', missingParts: missing.length });
      const opened = upload.remote ?? (await this.#open(upload));
      await this.#send(file, opened, missing);
      await file.verify();
      throwIfStopped(this.#signals.stop);
      // Completion is asked for only by a run that found or made the parts complete. One that
      // finds them so at its start cannot know whether an earlier one had asked already.
      await this.#complete(opened, plan, missing.length === 0);
    } finally {
      await file.close();
    }
  }

  async #open(upload: Upload): Promise<RemoteUpload> {
    const opened = await initiateUpload(
      this.#remote,
      upload,
      this.#retryContext,
      this.#signals.cut,
    );
    try {
      this.#update({ remote: opened });
    } catch (error) {
      // Nobody else will ever know of it.
      await this.#remote.abort(opened).catch(() => undefined);
      throw error;
    }
    const { partSizeBytes, sizeBytes } = upload;
    const partCount = countParts(sizeBytes, partSizeBytes);
    this.#happened({ kind: 'opened', partSizeBytes, partCount });
    return opened;
  }

  async #send(file: SourceFile, opened: RemoteUpload, missing: PlannedPart[]): Promise<void> {
    const { ports, partSemaphore, hosts, restLimit, partsInFlight } = this.#shared;
    const { workers } = ports;
    const { stop } = this.#signals;
    if (missing.length === 0) return;
    // One part that cannot go up ends the others of this upload too.
    const group = new AbortController();
    // Each part on its way listens, and Node takes more than ten for a leak.
    setMaxListeners(0, group.signal);
    const end = (): void => group.abort();
    if (stop.aborted) end();
    stop.addEventListener('abort', end, { once: true });
    const retryContext: RetryContext = { ...this.#retryContext, stop: group.signal };
    const numbers = missing.map((part) => part.partNumber);
    const context = {
      ...{ file, partSemaphore, hosts, restLimit, workers, retryContext },
      tries: this.#tries,
      urls: new PresignedUrls(this.#remote, opened, numbers, retryContext),
      signedAgain: (partNumber: number) => this.#happened({ kind: 'signed-again', partNumber }),
    };
    const digests = new PartDigests(missing, file, workers, group.signal);
    const failures: unknown[] = [];
    const fail = (error: unknown): void => {
      failures.push(error);
      end();
    };
    const records = new StoredParts(ports, this.#id, fail);
    const work = async (): Promise<void> => {
      try {
        for (let next = digests.next(); next; next = digests.next()) {
          const sent = await sendPart(next, context);
          records.add(sent);
          this.#arrivedBytes += sent.part.sizeBytes;
          retryContext.works();
        }
      } catch (error) {
        fail(error);
      }
    };
    await Promise.all(Array.from({ length: Math.min(partsInFlight, missing.length) }, work));
    stop.removeEventListener('abort', end);
    await records.settled();
    // The file may be closed only when nobody reads it any more.
    await digests.settled();
    // The first is the cause: the others were stopped because of it.
    if (failures.length > 0) throw failures[0];
  }

  async #complete(opened: RemoteUpload, plan: PlannedPart[], maybeDone: boolean): Promise<void> {
    const parts = this.#parts();
    if (parts.length !== plan.length || missingParts(plan, parts).length > 0) {
      throw new Error('parts do not make up the file');
    }
    this.#update({ state: 'finishing' });
    this.#happened({ kind: 'completing', partCount: parts.length });
    const { cut } = this.#signals;
    await completeRemote(this.#remote, opened, parts, maybeDone, this.#retryContext, cut);
    const endedAtMs = this.#shared.ports.clock.now();
    this.#update({ state: 'sent', problem: null, remoteText: null, endedAtMs });
    this.#happened({ kind: 'sent' });
  }

  #upload(): Upload {
    const upload = this.#shared.ports.store.get(this.#id);
    if (!upload) throw new Error('upload is gone');
    return upload;
  }

  #parts(): SentPart[] {
    return this.#shared.ports.store.parts(this.#id);
  }

  /** Shows in the record why the upload waits, or that it goes on. */
  #waits(problem: UploadProblem | null, remoteText: string | null): void {
    // After a stop the record belongs to whoever stopped it.
    if (problem === this.#waitsFor || this.#signals.stop.aborted) return;
    this.#waitsFor = problem;
    this.#update({ problem, remoteText });
  }

  #update(changes: UploadChanges): void {
    this.#shared.ports.store.update(this.#id, changes);
    this.#shared.ports.listener.changed(this.#id);
  }

  #waited(step: UploadStep, partNumber: number | null, problem: UploadProblem, ms: number): void {
    const waitMs = Math.round(ms);
    const key = `${step} ${partNumber} ${problem}`;
    if (this.#logged.has(key)) return;
    this.#logged.add(key);
    this.#happened({ kind: 'waited', step, partNumber, problem, waitMs });
  }

  #happened(event: UploadEvent): void {
    note(this.#shared.ports, this.#id, event);
  }
}

/**
 * Gives a multipart upload up at the service. That it is not there, or no longer can be given up,
 * is as good. Throws ServiceError when the service could not say.
 */
export async function abortIfThere(remote: UploadRemote, upload: RemoteUpload): Promise<void> {
  try {
    await remote.abort(upload);
  } catch (error) {
    const settled = ['not-found', 'conflict', 'rejected'];
    if (!(error instanceof ServiceError) || !settled.includes(error.problem)) throw error;
  }
}

function totalBytes(parts: PlannedPart[]): number {
  return parts.reduce((sum, part) => sum + part.sizeBytes, 0);
}
