import type { Clock } from '../domain/clock';
import { delay } from '../domain/delay';
import { EMPTY_METER, measureThroughput, type ThroughputMeter } from '../domain/throughput';
import type { SentPart, UploadProgress } from '../domain/upload';
import type { ChangeFeed } from '../events';

/** Progress is measured, and emitted on the feed, four times a second. */
const TICK_MS = 250;

interface SendingUpload {
  bytes(): { sentBytes: number; sizeBytes: number };
  meter: ThroughputMeter;
}

/**
 * The live figures of all uploads that have not ended. Those being sent are measured at every tick; while
 * there are none, no timer runs.
 */
export class LiveProgress {
  readonly #clock: Clock;
  readonly #feed: ChangeFeed;
  readonly #sending = new Map<string, SendingUpload>();
  readonly #figures = new Map<string, UploadProgress>();
  readonly #changed = new Set<string>();
  #isTicking = false;

  constructor({ clock, feed }: { clock: Clock; feed: ChangeFeed }) {
    this.#clock = clock;
    this.#feed = feed;
  }

  /** By upload id. */
  get figures(): ReadonlyMap<string, UploadProgress> {
    return this.#figures;
  }

  /** Measures an upload from now on. `bytes` returns how much of it has been sent so far. */
  follow(uploadId: string, bytes: SendingUpload['bytes']): void {
    this.#sending.set(uploadId, { bytes, meter: EMPTY_METER });
    this.#tick();
  }

  /** The upload is not being sent: only its stored parts count. */
  setIdle(uploadId: string, parts: SentPart[]): void {
    const sentBytes = parts.reduce((sum, part) => sum + part.sizeBytes, 0);
    this.#sending.delete(uploadId);
    this.#set(uploadId, { sentBytes, bytesPerSecond: null, timeLeftMs: null });
    this.#tick();
  }

  /** The upload has ended, so it has no progress any more. */
  remove(uploadId: string): void {
    this.#sending.delete(uploadId);
    this.#figures.delete(uploadId);
    this.#changed.delete(uploadId);
  }

  /** Emits nothing more. */
  close(): void {
    this.#sending.clear();
    this.#changed.clear();
  }

  #set(uploadId: string, progress: UploadProgress): void {
    const known = this.#figures.get(uploadId);
    const same =
      known?.sentBytes === progress.sentBytes &&
      known.bytesPerSecond === progress.bytesPerSecond &&
      known.timeLeftMs === progress.timeLeftMs;
    if (same) return;
    this.#figures.set(uploadId, progress);
    this.#changed.add(uploadId);
  }

  #tick(): void {
    if (this.#isTicking) return;
    this.#isTicking = true;
    void this.#run();
  }

  async #run(): Promise<void> {
    while (this.#sending.size > 0 || this.#changed.size > 0) {
      await delay(this.#clock, TICK_MS);
      for (const [uploadId, upload] of this.#sending) {
        const at = { nowMs: this.#clock.nowMs(), ...upload.bytes() };
        const { meter, progress } = measureThroughput(upload.meter, at);
        upload.meter = meter;
        this.#set(uploadId, progress);
      }
      for (const uploadId of this.#changed) {
        this.#changed.delete(uploadId);
        const progress = this.#figures.get(uploadId);
        if (progress) this.#feed.emit('uploadProgress', { uploadId, progress });
      }
    }
    this.#isTicking = false;
  }
}
