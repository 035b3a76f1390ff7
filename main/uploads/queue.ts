import { randomUUID } from 'node:crypto';
import {
  isUnfinished,
  type Upload,
  type UploadProblem,
  type UploadProgress,
} from '../domain/upload';
import { BlockPool } from './block-pool';
import { Stopped, UploadFailure } from './failure';
import { checkFile } from './file-check';
import { BLOCKS_PER_PART } from './file-reader';
import type { UploadChanges, UploadPorts } from './ports';
import { ProgressBoard } from './progress-board';
import { Slots } from './slots';
import { abortIfThere, type Shared, Transfer } from './transfer';

const BLOCK_BYTES = 256 * 1024;

/** How much is done at once. */
export interface UploadLimits {
  /** Parts on the wire, over all uploads. */
  partsInFlight: number;
  /** Uploads being sent. */
  transfers: number;
}

const DEFAULT_LIMITS: UploadLimits = { partsInFlight: 6, transfers: 3 };

/** How long `close` lets an opening or a completion go on: broken off, it would be in doubt. */
const CLOSE_GRACE_MS = 3_000;
/** After a defect or a full disk, before the same upload is taken up again. */
const REST_MS = 30_000;

/**
 * Problems after which what was sent is of no use: a retry begins with a new multipart upload, and
 * with the file as it is then.
 */
const START_OVER_AFTER: UploadProblem[] = [
  'file-changed',
  'storage-refused',
  'not-found',
  'conflict',
  'rejected',
];

export type AddOutcome =
  | { outcome: 'added'; uploadId: string }
  | { outcome: 'refused'; problem: UploadProblem };

interface Run {
  stop: AbortController;
  cut: AbortController;
  /** Resolves when the run has let go of everything; never rejects. */
  ended: Promise<void>;
}

/**
 * All uploads: what runs, what waits, what was asked of each. The truth is in the store; here is
 * only what is under way. Sends nothing before `start`.
 *
 * A cancelled upload whose record still has its `remote` is one that the service has not yet
 * confirmed as given up: that is tried again at every `start` and `resumeAll` until it is settled.
 */
class UploadQueue {
  readonly #ports: UploadPorts;
  readonly #limits: UploadLimits;
  readonly #shared: Shared;
  readonly #board: ProgressBoard;
  readonly #runs = new Map<string, Run>();
  /** Uploads whose next run gives up what was sent. Forgotten on a restart: the user is asked again. */
  readonly #startOver = new Set<string>();
  #moves: 'not-started' | 'running' | 'held' | 'closed' = 'not-started';

  constructor(ports: UploadPorts, limits: UploadLimits) {
    this.#ports = ports;
    this.#limits = limits;
    const { partsInFlight } = limits;
    this.#shared = {
      ports,
      partsInFlight,
      slots: new Slots(partsInFlight),
      pool: new BlockPool(BLOCK_BYTES, partsInFlight * BLOCKS_PER_PART),
    };
    this.#board = new ProgressBoard(ports.clock, (id, progress) =>
      ports.listener.progressed(id, progress),
    );
  }

  /** Live figures of every upload that has not ended, by upload id. */
  get progress(): ReadonlyMap<string, UploadProgress> {
    return this.#board.figures;
  }

  /** Memory taken for reading files, in bytes. */
  get bufferBytes(): number {
    return this.#shared.pool.allocatedBytes;
  }

  /** Takes up what an earlier run of the app has left, and begins to send. */
  start(): void {
    for (const upload of this.#ports.store.list()) {
      if (upload.state !== 'sent' && upload.state !== 'cancelled') this.#rest(upload.id);
    }
    this.#begin();
  }

  /** Looks at a file and puts it at the end of the queue. `path` is absolute. */
  async add(path: string, to: { accountId: string; brandId: string }): Promise<AddOutcome> {
    try {
      const facts = await checkFile(path);
      // From here to the insert nothing waits: of two drops of one file the second sees the first.
      const known = this.#ports.store
        .list()
        .find(
          (upload) =>
            upload.path === path &&
            upload.accountId === to.accountId &&
            upload.sizeBytes === facts.sizeBytes &&
            upload.modifiedAtMs === facts.modifiedAtMs &&
            (isUnfinished(upload.state) || upload.state === 'paused' || upload.state === 'failed'),
        );
      // To drop a file again whose upload has failed is to ask for another try of that upload.
      if (known?.state === 'failed' && known.brandId === to.brandId) {
        this.retry(known.id);
        return { outcome: 'added', uploadId: known.id };
      }
      if (known && known.state !== 'failed') {
        return { outcome: 'refused', problem: 'file-already-added' };
      }
      const upload: Upload = {
        id: randomUUID(),
        ...to,
        path,
        ...facts,
        remote: null,
        clipId: null,
        state: 'queued',
        problem: null,
        remoteText: null,
        addedAtMs: this.#ports.clock.now(),
        endedAtMs: null,
      };
      this.#ports.store.insert(upload);
      this.#ports.listener.changed(upload.id);
      this.#rest(upload.id);
      this.#pump();
      return { outcome: 'added', uploadId: upload.id };
    } catch (error) {
      if (error instanceof UploadFailure) return { outcome: 'refused', problem: error.problem };
      throw error;
    }
  }

  /**
   * Stops an upload until it is resumed. One that is `finishing` goes on: nothing is left to send,
   * and a completion that is broken off could not be told from one that was done.
   */
  pause(id: string): void {
    const state = this.#ports.store.get(id)?.state;
    if (state !== 'queued' && state !== 'sending') return;
    this.#update(id, { state: 'paused', problem: null, remoteText: null });
    this.#runs.get(id)?.stop.abort();
  }

  /** Puts a paused upload back to its place in the queue. */
  resume(id: string): void {
    if (this.#ports.store.get(id)?.state !== 'paused') return;
    this.#update(id, { state: 'queued' });
    this.#pump();
  }

  /** Tries a failed upload again, from where it stands if that is of use. */
  retry(id: string): void {
    const upload = this.#ports.store.get(id);
    if (upload?.state !== 'failed') return;
    if (upload.problem && START_OVER_AFTER.includes(upload.problem)) this.#startOver.add(id);
    this.#update(id, { state: 'queued', problem: null, remoteText: null, endedAtMs: null });
    this.#pump();
  }

  /**
   * Ends an upload for good and gives it up at the service. Resolves when that was tried. One that
   * proves to be complete by then ends as `sent`.
   */
  async cancel(id: string): Promise<void> {
    const upload = this.#ports.store.get(id);
    if (!upload || upload.state === 'sent' || upload.state === 'cancelled') return;
    const endedAtMs = this.#ports.clock.now();
    this.#startOver.delete(id);
    this.#update(id, { state: 'cancelled', problem: null, remoteText: null, endedAtMs });
    const run = this.#runs.get(id);
    run?.stop.abort();
    // Parts that are still on their way would outlive the abort at the storage host.
    await run?.ended;
    this.#board.drop(id);
    await this.#giveUp(id);
  }

  /** Stops sending while there is no network. States stay: it goes on by itself at `resumeAll`. */
  pauseAll(): void {
    if (this.#moves !== 'running') return;
    this.#moves = 'held';
    for (const [id, run] of this.#runs) {
      run.stop.abort();
      if (this.#ports.store.get(id)?.state === 'sending') {
        this.#update(id, { problem: 'unreachable', remoteText: null });
      }
    }
  }

  /** Goes on to send; also when an account that was waited for is there. */
  resumeAll(): void {
    if (this.#moves === 'running' || this.#moves === 'held') this.#begin();
  }

  #begin(): void {
    this.#moves = 'running';
    this.#pump();
    for (const upload of this.#ports.store.list()) {
      if (upload.state === 'cancelled' && upload.remote) void this.#giveUp(upload.id);
    }
  }

  /**
   * Stops sending for the quit. Gives nothing up: what is unfinished goes on at the next start.
   * Resolves within a few seconds, after which the store may be closed.
   */
  async close(): Promise<void> {
    this.#moves = 'closed';
    this.#board.close();
    const runs = [...this.#runs.values()];
    for (const run of runs) run.stop.abort();
    const ended = Promise.all(runs.map((run) => run.ended));
    const inTime = new AbortController();
    void ended.then(() => inTime.abort());
    await this.#ports.clock.delay(CLOSE_GRACE_MS, inTime.signal);
    for (const run of runs) run.cut.abort();
    await ended;
  }

  /** Begins as many uploads as may run, in the order of the queue. */
  #pump(): void {
    if (this.#moves !== 'running') return;
    for (const { id, state, accountId, problem } of this.#ports.store.list()) {
      if (this.#runs.size >= this.#limits.transfers) return;
      if (!isUnfinished(state) || this.#runs.has(id)) continue;
      const remote = this.#ports.remoteFor(accountId);
      if (!remote) {
        // Its account waits for its key: the upload waits with it, until `resumeAll`.
        if (problem !== 'key-missing') this.#update(id, { problem: 'key-missing' });
        continue;
      }
      const stop = new AbortController();
      const cut = new AbortController();
      const signals = { stop: stop.signal, cut: cut.signal };
      const transfer = new Transfer(id, remote, this.#shared, signals);
      const ended = this.#drive(id, transfer, stop.signal).then(() => this.#runEnded(id));
      this.#runs.set(id, { stop, cut, ended });
    }
  }

  async #drive(id: string, transfer: Transfer, stop: AbortSignal): Promise<void> {
    try {
      // Lets the run be entered in the list before it does anything.
      await Promise.resolve();
      this.#board.follow(id, () => transfer.standing());
      if (this.#startOver.has(id)) {
        await transfer.startOver();
        this.#startOver.delete(id);
      }
      await transfer.run();
    } catch (error) {
      await this.#runFailed(id, error, stop);
    }
  }

  async #runFailed(id: string, error: unknown, stop: AbortSignal): Promise<void> {
    let unexpected = error;
    try {
      if (error instanceof Stopped) return;
      if (error instanceof UploadFailure) {
        this.#fail(id, error);
        return;
      }
    } catch (storeError) {
      unexpected = storeError;
    }
    // A full disk, or a defect. Its message may hold what must not be logged. The record says that
    // the upload is unfinished, so it is taken up again; not at once, or it would run in circles.
    const { name, code } = unexpected as NodeJS.ErrnoException;
    this.#ports.listener.log(id, `unexpected ${name}${code ? ` ${code}` : ''}, rests`);
    await this.#ports.clock.delay(REST_MS, stop);
  }

  #runEnded(id: string): void {
    this.#runs.delete(id);
    if (this.#moves === 'closed') return;
    try {
      const state = this.#ports.store.get(id)?.state;
      if (state === undefined || state === 'sent' || state === 'cancelled') this.#board.drop(id);
      else this.#rest(id);
      this.#pump();
    } catch (error) {
      const { name } = error as Error;
      this.#ports.listener.log(id, `unexpected ${name} after the run`);
    }
  }

  #fail(id: string, { problem, remoteText }: UploadFailure): void {
    // While the failure was on its way the user may have paused or cancelled.
    const state = this.#ports.store.get(id)?.state;
    if (!state || !isUnfinished(state)) return;
    const endedAtMs = this.#ports.clock.now();
    this.#update(id, { state: 'failed', problem, remoteText, endedAtMs });
    this.#ports.listener.log(id, `failed: ${problem}`);
  }

  /** Tells the service that a cancelled upload will not be completed, if it is still to be told. */
  async #giveUp(id: string): Promise<void> {
    const upload = this.#ports.store.get(id);
    if (upload?.state !== 'cancelled' || !upload.remote || this.#runs.has(id)) return;
    const remote = this.#ports.remoteFor(upload.accountId);
    if (!remote) return;
    try {
      await abortIfThere(remote, upload.remote);
    } catch (error) {
      this.#ports.listener.log(id, `giving up: ${(error as Error).message}`);
      return;
    }
    if (this.#moves === 'closed') return;
    this.#ports.store.startOver(id, { remote: null });
    this.#ports.listener.changed(id);
  }

  #rest(id: string): void {
    const parts = this.#ports.store.parts(id);
    this.#board.rest(
      id,
      parts.reduce((sum, part) => sum + part.sizeBytes, 0),
    );
  }

  #update(id: string, changes: UploadChanges): void {
    this.#ports.store.update(id, changes);
    this.#ports.listener.changed(id);
  }
}

export type { UploadQueue };

/** Makes the queue. It sends nothing before its `start`. */
export function createUploadQueue(
  ports: UploadPorts,
  limits: UploadLimits = DEFAULT_LIMITS,
): UploadQueue {
  return new UploadQueue(ports, limits);
}
