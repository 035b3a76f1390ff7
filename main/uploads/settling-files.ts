import { stat } from 'node:fs/promises';
import type { Clock } from '../domain/clock';
import { delay } from '../domain/delay';
import { modifiedAtMs } from './file-check';
import { addLook, isSettled, nextLookMs, type Settling } from './settling';
import type { Writers } from './writers';

/** Size and time of a file, as `stat` has them. */
type Stats = { size: number; mtimeMs: number };

/** The files of uploads that may still be written: see `settling.ts` for the rule. */
export class SettlingFiles {
  readonly #clock: Clock;
  readonly #writers: Pick<Writers, 'has'>;
  readonly #settled: (uploadId: string) => void;
  readonly #seen = new Map<string, Settling>();
  readonly #watched = new Map<string, AbortController>();
  readonly #written = new Set<string>();
  /** One look at a time: a network drive that hangs must not take all of Node's threads. */
  #looking: Promise<unknown> = Promise.resolve();

  /** `settled` is called when a watched file can be sent, or is not there any more. */
  constructor(clock: Clock, writers: Pick<Writers, 'has'>, settled: (uploadId: string) => void) {
    this.#clock = clock;
    this.#writers = writers;
    this.#settled = settled;
  }

  /** Whether the upload waits for its file to be finished. */
  has(uploadId: string): boolean {
    return this.#watched.has(uploadId);
  }

  /** Whether the upload had to wait for its file before, since `forget`. */
  wasWritten(uploadId: string): boolean {
    return this.#written.has(uploadId);
  }

  /** Whether the file can be sent, by everything that was seen of it for this upload. */
  async look(uploadId: string, path: string, { size, mtimeMs }: Stats): Promise<boolean> {
    const settling = addLook(this.#seen.get(uploadId) ?? null, {
      atMs: this.#clock.nowMs(),
      sizeBytes: size,
      modifiedAtMs: modifiedAtMs({ mtimeMs }),
    });
    this.#seen.set(uploadId, settling);
    // Whether somebody writes is not asked while it makes no difference.
    if (!isSettled(settling, false)) return false;
    const wasOpen = await this.#writers.has(path);
    this.#seen.set(uploadId, { ...settling, wasOpen });
    return isSettled(settling, wasOpen);
  }

  /** Looks at the file again and again until it can be sent. */
  watch(uploadId: string, path: string): void {
    if (this.#watched.has(uploadId)) return;
    const stop = new AbortController();
    this.#watched.set(uploadId, stop);
    this.#written.add(uploadId);
    void this.#run(uploadId, path, stop.signal);
  }

  /** Stops watching, for whatever reason. */
  forget(uploadId: string): void {
    this.#watched.get(uploadId)?.abort();
    this.#watched.delete(uploadId);
    this.#seen.delete(uploadId);
    this.#written.delete(uploadId);
  }

  close(): void {
    for (const uploadId of [...this.#watched.keys()]) this.forget(uploadId);
  }

  async #run(uploadId: string, path: string, stop: AbortSignal): Promise<void> {
    do {
      const seen = this.#seen.get(uploadId);
      await delay(this.#clock, seen ? nextLookMs(seen) : 0, stop);
    } while (!stop.aborted && !(await this.#lookInTurn(uploadId, path, stop)));
    if (stop.aborted) return;
    this.#watched.delete(uploadId);
    this.#settled(uploadId);
  }

  #lookInTurn(uploadId: string, path: string, stop: AbortSignal): Promise<boolean> {
    const look = this.#looking.then(async () => {
      if (stop.aborted) return false;
      const stats = await stat(path).catch(() => null);
      if (stop.aborted) return false;
      return stats === null || this.look(uploadId, path, stats);
    });
    this.#looking = look;
    return look;
  }
}
