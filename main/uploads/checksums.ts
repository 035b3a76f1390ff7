import type { Upload } from '../domain/upload';
import { Stopped, UploadFailure } from './failure';
import { note } from './log';
import type { UploadPorts } from './ports';
import { SourceFile } from './source-file';

/** Uploads that ended longer ago are left without a checksum: their files may be anything by now. */
const LATEST_MS = 24 * 60 * 60_000;

/**
 * Works out the SHA-256 of files that were sent, one at a time, and only while nothing is sent: to
 * read a file once more then takes no speed from an upload.
 */
export class Checksums {
  readonly #ports: UploadPorts;
  readonly #isIdle: () => boolean;
  /** Uploads that were tried in this run of the app, with or without success. */
  readonly #tried = new Set<string>();
  #work: { stop: AbortController; ended: Promise<void> } | null = null;
  #closed = false;

  constructor(ports: UploadPorts, isIdle: () => boolean) {
    this.#ports = ports;
    this.#isIdle = isIdle;
  }

  /** Begins, or goes on, if nothing is being sent. */
  goOn(): void {
    if (this.#closed || this.#work || !this.#isIdle()) return;
    const stop = new AbortController();
    const ended = this.#run(stop.signal).then(() => {
      this.#work = null;
      // An upload that came in between may be over already.
      if (stop.signal.aborted) this.goOn();
    });
    this.#work = { stop, ended };
  }

  /** Breaks off: something is to be sent. */
  interrupt(): void {
    this.#work?.stop.abort();
  }

  /** Resolves when no file is open any more. */
  async close(): Promise<void> {
    this.#closed = true;
    this.interrupt();
    await this.#work?.ended;
  }

  async #run(stop: AbortSignal): Promise<void> {
    try {
      for (let upload = this.#next(); upload && !stop.aborted; upload = this.#next()) {
        const { id } = upload;
        const sha256Hex = await this.#sha256(upload, stop);
        if (sha256Hex !== null) {
          this.#ports.store.update(id, { sha256Hex });
          note(this.#ports, id, { kind: 'checksum', sha256Hex });
          this.#ports.listener.changed(id);
        } else if (stop.aborted) return;
        this.#tried.add(id);
      }
    } catch (error) {
      this.#ports.listener.log('', `checksum: unexpected ${(error as Error).name}`);
    }
  }

  #next(): Upload | undefined {
    const sinceMs = this.#ports.clock.now() - LATEST_MS;
    return this.#ports.store
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

  /** Null when it was broken off, or when the file is no longer the one that was sent. */
  async #sha256(upload: Upload, stop: AbortSignal): Promise<string | null> {
    try {
      const file = await SourceFile.open(upload.path, upload);
      try {
        const { sizeBytes } = upload;
        const hex = await this.#ports.workers.sha256({ fd: file.fd, sizeBytes }, stop);
        await file.verify();
        return hex;
      } finally {
        await file.close();
      }
    } catch (error) {
      if (!(error instanceof UploadFailure || error instanceof Stopped)) {
        this.#ports.listener.log(upload.id, `checksum: unexpected ${(error as Error).name}`);
      }
      return null;
    }
  }
}
