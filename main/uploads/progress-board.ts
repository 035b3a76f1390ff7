import { EMPTY_METER, look, type ThroughputMeter } from '../domain/throughput';
import type { UploadProgress } from '../domain/upload';
import type { UploadClock } from './ports';

/** Figures are taken and told 4 times a second. */
const TICK_MS = 250;

interface Moving {
  standing(): { sentBytes: number; sizeBytes: number };
  meter: ThroughputMeter;
}

/** The live figures of all uploads. Looks at those that move, and keeps still when none does. */
export class ProgressBoard {
  readonly #clock: UploadClock;
  readonly #tell: (uploadId: string, progress: UploadProgress) => void;
  readonly #moving = new Map<string, Moving>();
  readonly #figures = new Map<string, UploadProgress>();
  readonly #untold = new Set<string>();
  #ticking = false;

  constructor(clock: UploadClock, tell: (uploadId: string, progress: UploadProgress) => void) {
    this.#clock = clock;
    this.#tell = tell;
  }

  get figures(): ReadonlyMap<string, UploadProgress> {
    return this.#figures;
  }

  /** Follows an upload that is being sent. */
  follow(uploadId: string, standing: Moving['standing']): void {
    this.#moving.set(uploadId, { standing, meter: EMPTY_METER });
    this.#tick();
  }

  /** The upload rests with so many bytes sent. */
  rest(uploadId: string, sentBytes: number): void {
    this.#moving.delete(uploadId);
    this.#set(uploadId, { sentBytes, bytesPerSecond: null, timeLeftMs: null });
    this.#tick();
  }

  /** The upload has ended: there is nothing to tell any more. */
  drop(uploadId: string): void {
    this.#moving.delete(uploadId);
    this.#figures.delete(uploadId);
    this.#untold.delete(uploadId);
  }

  #set(uploadId: string, progress: UploadProgress): void {
    const shown = this.#figures.get(uploadId);
    const same =
      shown?.sentBytes === progress.sentBytes &&
      shown.bytesPerSecond === progress.bytesPerSecond &&
      shown.timeLeftMs === progress.timeLeftMs;
    if (same) return;
    this.#figures.set(uploadId, progress);
    this.#untold.add(uploadId);
  }

  #tick(): void {
    if (this.#ticking) return;
    this.#ticking = true;
    void this.#run();
  }

  async #run(): Promise<void> {
    while (this.#moving.size > 0 || this.#untold.size > 0) {
      await this.#clock.delay(TICK_MS);
      for (const [uploadId, moving] of this.#moving) {
        const seen = look(moving.meter, { nowMs: this.#clock.now(), ...moving.standing() });
        moving.meter = seen.meter;
        this.#set(uploadId, seen.progress);
      }
      for (const uploadId of this.#untold) {
        this.#untold.delete(uploadId);
        const progress = this.#figures.get(uploadId);
        if (progress) this.#tell(uploadId, progress);
      }
    }
    this.#ticking = false;
  }

  /** Says nothing more. */
  close(): void {
    this.#moving.clear();
    this.#untold.clear();
  }
}
