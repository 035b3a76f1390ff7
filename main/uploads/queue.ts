import {
  isUnfinished,
  type QueueMove,
  type Upload,
  type UploadChanges,
  type UploadProblem,
  type UploadProgress,
  type UploadState,
} from '../domain/upload';
import { type AddOutcome, addUpload, type UploadTarget } from './add-upload';
import { Checksums } from './checksums';
import { Stopped, startsOver, UploadFailure } from './failure';
import { note } from './log';
import { FILE_LOOK_MS, MissingFiles } from './missing-files';
import { PartSemaphore } from './part-semaphore';
import type { UploadPorts } from './ports';
import { ProgressBoard } from './progress-board';
import { RemoteAborts } from './remote-abort';
import { RestLimit } from './stall-watch';
import { StorageHosts } from './storage-hosts';
import { type Shared, Transfer } from './transfer';

/** How much is done at once. */
export interface UploadLimits {
  /** Parts on the wire, over all uploads. */
  partsInFlight: number;
  /** Uploads being sent. */
  transfers: number;
}

const DEFAULT_LIMITS: UploadLimits = { partsInFlight: 12, transfers: 3 };

/** How long `close` lets an opening or a completion go on: broken off, it would be in doubt. */
const CLOSE_GRACE_MS = 3_000;
/** After a defect or a full disk, before the same upload is taken up again. */
const REST_MS = 30_000;

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
 * An upload that waits for the network keeps its place among those being sent: the others would
 * only wait for the same network.
 */
class UploadQueue {
  readonly #ports: UploadPorts;
  readonly #limits: UploadLimits;
  readonly #shared: Shared;
  readonly #board: ProgressBoard;
  readonly #absent: MissingFiles;
  readonly #remoteAborts: RemoteAborts;
  readonly #checksums: Checksums;
  readonly #runs = new Map<string, Run>();
  /** Uploads whose next run gives up what was sent. Forgotten on a restart: the user is asked again. */
  readonly #startOver = new Set<string>();
  #moves: 'not-started' | 'running' | 'held' | 'closed' = 'not-started';

  constructor(ports: UploadPorts, limits: UploadLimits) {
    this.#ports = ports;
    this.#limits = limits;
    const { partsInFlight } = limits;
    const [partSemaphore, hosts] = [new PartSemaphore(partsInFlight), new StorageHosts()];
    this.#shared = { ports, partsInFlight, partSemaphore, hosts, restLimit: new RestLimit() };
    this.#board = new ProgressBoard(ports.clock, (id, progress) =>
      ports.listener.progressed(id, progress),
    );
    this.#absent = new MissingFiles(ports.clock, () => this.#pump());
    this.#remoteAborts = new RemoteAborts(ports, (id) => this.#runs.has(id));
    this.#checksums = new Checksums(ports, () => this.#runs.size === 0);
  }

  /** Live figures of every upload that has not ended, by upload id. */
  get progress(): ReadonlyMap<string, UploadProgress> {
    return this.#board.figures;
  }

  /** Takes up what an earlier run of the app has left, and begins to send. */
  start(): void {
    for (const { id, state, problem } of this.#ports.store.list()) {
      if (state === 'sent' || state === 'cancelled') continue;
      this.#rest(id);
      // What it waited for in the last run may be there by now. A file is looked for first.
      if (isUnfinished(state) && problem !== null && problem !== 'file-missing') {
        this.#update(id, { problem: null, remoteText: null });
      }
    }
    this.#begin();
    void this.#remoteAborts.watch();
  }

  /** Looks at a file and puts it at the end of the queue. `path` is absolute. */
  async add(path: string, to: UploadTarget): Promise<AddOutcome> {
    const added = await addUpload(this.#ports, path, to);
    if (added.outcome === 'refused') return added;
    const { uploadId } = added;
    // To drop a file again whose upload has failed is to ask for another try of that upload.
    if (added.outcome === 'failed-before') this.retry(uploadId);
    else {
      this.#rest(uploadId);
      this.#pump();
    }
    return { outcome: 'added', uploadId };
  }

  /**
   * Stops an upload until it is resumed. One that is `finishing` goes on: nothing is left to send,
   * and a completion that is broken off could not be told from one that was done.
   */
  pause(id: string): void {
    const state = this.#state(id);
    if (state !== 'queued' && state !== 'sending') return;
    const restsSinceMs = this.#ports.clock.now();
    this.#absent.forget(id);
    this.#update(id, { state: 'paused', problem: null, remoteText: null, restsSinceMs });
    note(this.#ports, id, { kind: 'paused' });
    this.#runs.get(id)?.stop.abort();
  }

  /** Puts a paused upload back to its place in the queue. */
  resume(id: string): void {
    this.#queueAgain(id);
    this.#pump();
  }

  /** Tries a failed upload again, from where it stands if that is of use. */
  retry(id: string): void {
    this.#tryAgain(id);
    this.#pump();
  }

  /**
   * Ends an upload for good and gives it up at the service. Resolves when that was tried. One that
   * proves to be complete by then ends as `sent`.
   */
  async cancel(id: string): Promise<void> {
    if (this.#cancelHere(id)) await this.#cancelThere(id);
  }

  /** Puts an upload somewhere else in the queue. What is being sent is not interrupted. */
  move(id: string, to: QueueMove): void {
    this.#ports.store.move(id, to);
    this.#ports.listener.changed(id);
  }

  /** Pauses all that is not paused yet. */
  pauseEvery(): void {
    this.#every(['queued', 'sending'], (id) => this.pause(id));
  }

  /** Resumes all paused ones. */
  resumeEvery(): void {
    this.#every(['paused'], (id) => this.#queueAgain(id));
    this.#pump();
  }

  /** Tries all failed ones again. */
  retryEvery(): void {
    this.#every(['failed'], (id) => this.#tryAgain(id));
    this.#pump();
  }

  /** Cancels all that have not ended, paused and failed ones too. Resolves as `cancel` does. */
  async cancelEvery(): Promise<void> {
    const states: UploadState[] = ['queued', 'sending', 'finishing', 'paused', 'failed'];
    const cancelled = this.#every(states, (id) => this.#cancelHere(id));
    // One call to the service at a time: there may be thousands.
    for (const id of cancelled) await this.#cancelThere(id);
  }

  /** Stops sending while there is no network. States stay: it goes on by itself at `goOn`. */
  hold(): void {
    if (this.#moves !== 'running') return;
    this.#moves = 'held';
    for (const [id, run] of this.#runs) {
      run.stop.abort();
      if (this.#state(id) === 'sending') {
        this.#update(id, { problem: 'unreachable', remoteText: null });
      }
    }
  }

  /** Goes on to send; also when it has become known whether an account can be spoken for. */
  goOn(): void {
    if (this.#moves === 'running' || this.#moves === 'held') this.#begin();
  }

  #begin(): void {
    this.#moves = 'running';
    this.#absent.look();
    this.#pump();
    this.#checksums.goOn();
    void this.#remoteAborts.all();
  }

  /**
   * Stops sending for the quit. Gives nothing up: what is unfinished goes on at the next start.
   * Resolves within a few seconds, after which the store may be closed.
   */
  async close(): Promise<void> {
    this.#moves = 'closed';
    this.#board.close();
    this.#absent.close();
    this.#remoteAborts.close();
    const runs = [...this.#runs.values()];
    for (const run of runs) run.stop.abort();
    const ended = Promise.all([this.#checksums.close(), ...runs.map((run) => run.ended)]);
    const inTime = new AbortController();
    void ended.then(() => inTime.abort());
    await this.#ports.clock.delay(CLOSE_GRACE_MS, inTime.signal);
    for (const run of runs) run.cut.abort();
    await ended;
  }

  /** Begins as many uploads as may run, in the order of the queue. */
  #pump(): void {
    if (this.#moves !== 'running' || this.#runs.size >= this.#limits.transfers) return;
    for (const { id, accountId, problem } of this.#ports.store.unfinished()) {
      if (this.#runs.has(id) || this.#absent.has(id)) continue;
      const remote = this.#ports.remoteFor(accountId);
      if (remote === 'not-yet') continue;
      if (!remote) {
        // Its account waits for its key: the upload waits with it, until `goOn`.
        if (problem !== 'key-missing') this.#update(id, { problem: 'key-missing' });
        continue;
      }
      this.#checksums.interrupt();
      const stop = new AbortController();
      const cut = new AbortController();
      const signals = { stop: stop.signal, cut: cut.signal };
      const transfer = new Transfer(id, remote, this.#shared, signals);
      const ended = this.#drive(id, transfer, stop.signal).then(() => this.#runEnded(id));
      this.#runs.set(id, { stop, cut, ended });
      if (this.#runs.size >= this.#limits.transfers) return;
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
      const state = this.#state(id);
      if (state === undefined || state === 'sent' || state === 'cancelled') {
        this.#board.drop(id);
        this.#absent.forget(id);
      } else this.#rest(id);
      this.#pump();
      this.#checksums.goOn();
    } catch (error) {
      const { name } = error as Error;
      this.#ports.listener.log(id, `unexpected ${name} after the run`);
    }
  }

  #fail(id: string, { problem, remoteText }: UploadFailure): void {
    // While the failure was on its way the user may have paused or cancelled.
    const upload = this.#ports.store.get(id);
    if (!upload || !isUnfinished(upload.state)) return;
    if (problem === 'file-missing') this.#fileIsAway(upload);
    else this.#endFailed(id, problem, remoteText);
  }

  /** The file was there once: most likely its drive is away, and both come back. */
  #fileIsAway({ id, path, problem }: Upload): void {
    if (!this.#absent.waitFor(id, path, this.#ports.store.parts(id).length)) {
      this.#endFailed(id, 'file-unreadable', null);
      return;
    }
    if (problem === 'file-missing') return;
    this.#update(id, { state: 'queued', problem: 'file-missing', remoteText: null });
    const step = { step: 'file', partNumber: null, waitMs: FILE_LOOK_MS } as const;
    note(this.#ports, id, { kind: 'waited', problem: 'file-missing', ...step });
  }

  #endFailed(id: string, problem: UploadProblem, remoteText: string | null): void {
    const restsSinceMs = this.#ports.clock.now();
    this.#absent.forget(id);
    this.#ports.store.fail(id, { problem, remoteText, restsSinceMs }, restsSinceMs);
    this.#ports.listener.changed(id);
    note(this.#ports, id, { kind: 'failed', problem });
  }

  #queueAgain(id: string): void {
    if (this.#state(id) !== 'paused') return;
    this.#update(id, { state: 'queued', restsSinceMs: null });
    note(this.#ports, id, { kind: 'resumed' });
  }

  #tryAgain(id: string): void {
    const upload = this.#ports.store.get(id);
    if (upload?.state !== 'failed') return;
    if (upload.problem && startsOver(upload.problem)) this.#startOver.add(id);
    const fresh = { problem: null, remoteText: null, endedAtMs: null, restsSinceMs: null };
    this.#update(id, { state: 'queued', ...fresh });
    note(this.#ports, id, { kind: 'retried' });
  }

  /** Whether there was something to cancel. */
  #cancelHere(id: string): boolean {
    const state = this.#state(id);
    if (state === undefined || state === 'sent' || state === 'cancelled') return false;
    const endedAtMs = this.#ports.clock.now();
    this.#startOver.delete(id);
    this.#absent.forget(id);
    const ended = { problem: null, remoteText: null, endedAtMs, restsSinceMs: null };
    this.#update(id, { state: 'cancelled', ...ended });
    note(this.#ports, id, { kind: 'cancelled' });
    this.#runs.get(id)?.stop.abort();
    return true;
  }

  async #cancelThere(id: string): Promise<void> {
    // Parts that are still on their way would outlive the abort at the storage host.
    await this.#runs.get(id)?.ended;
    this.#board.drop(id);
    await this.#remoteAborts.tell(id);
  }

  /** Does the same to all uploads in these states, and gives their ids. */
  #every(states: UploadState[], act: (id: string) => void): string[] {
    const { store } = this.#ports;
    const ids = store.list().flatMap(({ id, state }) => (states.includes(state) ? [id] : []));
    store.together(() => ids.forEach(act));
    return ids;
  }

  #rest(id: string): void {
    const parts = this.#ports.store.parts(id);
    this.#board.rest(
      id,
      parts.reduce((sum, part) => sum + part.sizeBytes, 0),
    );
  }

  #state(id: string): UploadState | undefined {
    return this.#ports.store.get(id)?.state;
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
