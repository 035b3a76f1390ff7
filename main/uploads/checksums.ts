import type { Upload } from '../domain/upload';
import type { UploadQueueDeps } from './deps';
import { Stopped, UploadFailure } from './failure';
import { SourceFile } from './source-file';
import { logEvent, logProblem } from './write-log';

/** Uploads that ended longer ago get no checksum: their files may be anything by now. */
const MAX_AGE_MS = 24 * 60 * 60_000;

/**
 * Computes the SHA-256 of files that were sent, one at a time, and only while nothing is being sent, so
 * that reading a file again does not slow down uploads.
 */
export class Checksums {
  readonly #deps: UploadQueueDeps;
  readonly #isIdle: () => boolean;
  /** Uploads that were tried in this run of the app, successfully or not. */
  readonly #tried = new Set<string>();
  #work: { stop: AbortController; ended: Promise<void> } | null = null;
  #isClosed = false;

  /** `isIdle` returns whether nothing is being sent. */
  constructor(deps: UploadQueueDeps, isIdle: () => boolean) {
    this.#deps = deps;
    this.#isIdle = isIdle;
  }

  /** Begins or continues, if nothing is being sent. */
  resume(): void {
    if (this.#isClosed || this.#work || !this.#isIdle()) return;
    const stop = new AbortController();
    const ended = this.#run(stop.signal).then(() => {
      this.#work = null;
      // The upload that interrupted it may have ended already.
      if (stop.signal.aborted) this.resume();
    });
    this.#work = { stop, ended };
  }

  /** Stops until `resume`: something is to be sent. */
  interrupt(): void {
    this.#work?.stop.abort();
  }

  /** Resolves when no file is open any more. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.interrupt();
    await this.#work?.ended;
  }

  async #run(stop: AbortSignal): Promise<void> {
    try {
      for (let upload = this.#next(); upload && !stop.aborted; upload = this.#next()) {
        const { id } = upload;
        const sha256Hex = await this.#sha256(upload, stop);
        if (sha256Hex !== null) {
          this.#deps.store.update(id, { sha256Hex });
          logEvent(this.#deps, id, { kind: 'checksum', sha256Hex });
        } else if (stop.aborted) return;
        this.#tried.add(id);
      }
    } catch (error) {
      logProblem(this.#deps, null, `checksum: unexpected ${(error as Error).name}`);
    }
  }

  #next(): Upload | undefined {
    const sinceMs = this.#deps.clock.nowMs() - MAX_AGE_MS;
    return this.#deps.store
      .list()
      .find(
        ({ id, state, sha256Hex, endedAtMs }) =>
          state === 'sent' &&
          sha256Hex === null &&
          endedAtMs !== null &&
          endedAtMs >= sinceMs &&
          !this.#tried.has(id),
      );
  }

  /** Null when it was interrupted, or when the file is no longer the one that was sent. */
  async #sha256(upload: Upload, stop: AbortSignal): Promise<string | null> {
    try {
      const file = await SourceFile.open(upload.path);
      try {
        const { sizeBytes } = upload;
        if (!(await file.is(upload))) return null;
        const hex = await this.#deps.workers.sha256({ fd: file.fd, sizeBytes }, stop);
        return (await file.is(upload)) ? hex : null;
      } finally {
        await file.close();
      }
    } catch (error) {
      if (!(error instanceof UploadFailure || error instanceof Stopped)) {
        logProblem(this.#deps, upload.id, `checksum: unexpected ${(error as Error).name}`);
      }
      return null;
    }
  }
}
