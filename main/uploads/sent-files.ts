import { stat } from 'node:fs/promises';
import { delay } from '../domain/delay';
import { storageProblemOf } from '../domain/storage-error';
import type { Upload } from '../domain/upload';
import type { UploadQueueDeps } from './deps';
import { equalParts } from './equal-parts';
import { Stopped, throwIfStopped, UploadFailure } from './failure';
import { modifiedAtMs } from './file-check';
import { countParts } from './part-plan';
import type { SettlingFiles } from './settling-files';
import { hasStamp, SourceFile } from './source-file';
import { logEvent, logProblem } from './write-log';

/** When a file is looked at again after it was sent, in milliseconds since the look before. */
const LOOKS_MS = [10_000, 30_000, 80_000, 3 * 60_000, 10 * 60_000, 45 * 60_000];
/** What was sent longer ago is not looked at after a start: its file may be anything by now. */
const MAX_AGE_MS = 24 * 60 * 60_000;
/** How often a file is looked at that changes: it is compared once it is finished. */
const WRITTEN_MS = 10_000;

/**
 * Looks at files again after they were sent: a recording that went on after a long pause, or a copy that
 * did, was sent cut, and nothing else would say so. What has changed is offered to be sent again.
 */
export class SentFiles {
  readonly #deps: UploadQueueDeps;
  readonly #settlingFiles: Pick<SettlingFiles, 'look' | 'forget'>;
  readonly #watched = new Map<string, AbortController>();
  readonly #closed = new AbortController();
  /** One file at a time: a network drive that hangs must not take all of Node's threads. */
  #looking: Promise<unknown> = Promise.resolve();

  constructor(deps: UploadQueueDeps, settlingFiles: Pick<SettlingFiles, 'look' | 'forget'>) {
    this.#deps = deps;
    this.#settlingFiles = settlingFiles;
  }

  /** Looks at everything that was sent lately: it may have changed while the app was not running. */
  start(): void {
    const sinceMs = this.#deps.clock.nowMs() - MAX_AGE_MS;
    for (const { id, state, problem, endedAtMs } of this.#deps.store.list()) {
      if (state !== 'sent' || problem !== null || (endedAtMs ?? 0) < sinceMs) continue;
      this.watch(id, [0]);
    }
  }

  /** Looks at the file of a sent upload several times from now on. */
  watch(id: string, looksMs: readonly number[] = LOOKS_MS): void {
    if (this.#watched.has(id) || this.#closed.signal.aborted) return;
    const stop = new AbortController();
    this.#watched.set(id, stop);
    void this.#run(id, looksMs, stop.signal).then(() => {
      if (this.#watched.get(id) === stop) this.forget(id);
    });
  }

  /** Looks no more. */
  forget(id: string): void {
    this.#watched.get(id)?.abort();
    this.#watched.delete(id);
    this.#settlingFiles.forget(id);
  }

  /** Resolves when no file is open any more. A drive that hangs can make that never happen. */
  async close(): Promise<void> {
    this.#closed.abort();
    for (const id of [...this.#watched.keys()]) this.forget(id);
    await this.#looking;
  }

  async #run(id: string, looksMs: readonly number[], stop: AbortSignal): Promise<void> {
    for (let index = 0; index < looksMs.length; ) {
      await delay(this.#deps.clock, looksMs[index] ?? 0, stop);
      let outcome = await this.#inTurn(id, stop);
      while (outcome === 'being-written') {
        await delay(this.#deps.clock, WRITTEN_MS, stop);
        outcome = await this.#inTurn(id, stop);
      }
      if (outcome === 'over') return;
      index += 1;
    }
  }

  #inTurn(id: string, stop: AbortSignal): Promise<'same' | 'being-written' | 'over'> {
    const look = this.#looking.then(async () => {
      if (stop.aborted) return 'over';
      try {
        return await this.#look(id, stop);
      } catch (error) {
        // It is gone, or cannot be read: what was sent is what there was.
        if (error instanceof UploadFailure) return 'same';
        if (error instanceof Stopped) return 'over';
        // What cannot be stored now is stored later: nobody else would find it out.
        if (storageProblemOf(error) !== null) return 'being-written';
        logProblem(this.#deps, id, `sent file: unexpected ${(error as Error).name}`);
        return 'over';
      }
    });
    this.#looking = look;
    return look;
  }

  async #look(id: string, stop: AbortSignal): Promise<'same' | 'being-written' | 'over'> {
    const { store } = this.#deps;
    const upload = store.get(id);
    if (!upload || this.#isOver(upload)) return 'over';
    const stats = await stat(upload.path).catch(() => null);
    if (!stats?.isFile() || hasStamp(stats, upload)) return 'same';
    const isFinished = await this.#settlingFiles.look(id, upload.path, stats);
    if (stop.aborted) return 'over';
    if (!isFinished) return 'being-written';
    if (stats.size === upload.sizeBytes && (await this.#isEqual(upload, stop))) {
      store.update(id, { modifiedAtMs: modifiedAtMs(stats) });
      return 'same';
    }
    if (stop.aborted || this.#isOver(upload)) return 'over';
    store.markChanged(id, this.#deps.clock.nowMs());
    logEvent(this.#deps, id, { kind: 'changed-since' });
    return 'over';
  }

  /** Whether it is of no interest any more what became of its file: it was added again, for one. */
  #isOver({ id, path, accountId }: Upload): boolean {
    const { store } = this.#deps;
    if (store.get(id)?.state !== 'sent') return true;
    const ofFile = store.ofPath(path);
    const later = ofFile.slice(ofFile.findIndex((one) => one.id === id) + 1);
    return later.some((one) => one.accountId === accountId && one.state !== 'cancelled');
  }

  /** Whether only the time of the file is another one. */
  async #isEqual(upload: Upload, stop: AbortSignal): Promise<boolean> {
    const { store, workers } = this.#deps;
    const file = await SourceFile.open(upload.path);
    try {
      throwIfStopped(stop);
      const equal = await equalParts(upload, store.partRecords(upload.id), file, workers, stop);
      return equal.size === countParts(upload.sizeBytes, upload.partSizeBytes);
    } finally {
      await file.close();
    }
  }
}
