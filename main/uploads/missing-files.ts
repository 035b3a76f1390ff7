import { stat } from 'node:fs/promises';
import { fileFailure } from './failure';
import type { UploadClock } from './ports';

/** How often to look whether a file is back. */
export const FILE_LOOK_MS = 5_000;
/**
 * A damaged disk gives the same error as one that was pulled out, but its files are there at every
 * look: so often is one believed that brings no part further.
 */
const MOST_RETURNS = 5;

interface Absent {
  path: string;
  looking: boolean;
}

/** Uploads whose file is not there, most likely because its drive is not: they wait for it. */
export class MissingFiles {
  readonly #clock: UploadClock;
  readonly #isBack: (uploadId: string) => void;
  readonly #absent = new Map<string, Absent>();
  readonly #returns = new Map<string, { times: number; sentParts: number }>();
  readonly #closed = new AbortController();
  #watching = false;

  constructor(clock: UploadClock, isBack: (uploadId: string) => void) {
    this.#clock = clock;
    this.#isBack = isBack;
  }

  has(uploadId: string): boolean {
    return this.#absent.has(uploadId);
  }

  /**
   * Begins to wait for an upload's file. False when there is nothing to wait for: the file has come
   * back time and again, and could be read no further than the `sentParts` it has already.
   */
  waitFor(uploadId: string, path: string, sentParts: number): boolean {
    const returns = this.#returns.get(uploadId);
    if (returns && returns.sentParts !== sentParts) this.#returns.delete(uploadId);
    else if (returns && returns.times >= MOST_RETURNS) return false;
    const times = this.#returns.get(uploadId)?.times ?? 0;
    this.#returns.set(uploadId, { times, sentParts });
    this.#absent.set(uploadId, { path, looking: false });
    void this.#watch();
    return true;
  }

  /** Waits no longer, for whatever reason. */
  forget(uploadId: string): void {
    this.#absent.delete(uploadId);
    this.#returns.delete(uploadId);
  }

  /** Looks at all of them now. */
  look(): void {
    for (const uploadId of this.#absent.keys()) void this.#lookAt(uploadId);
  }

  close(): void {
    this.#closed.abort();
    this.#absent.clear();
  }

  async #watch(): Promise<void> {
    if (this.#watching) return;
    this.#watching = true;
    while (this.#absent.size > 0) {
      await this.#clock.delay(FILE_LOOK_MS, this.#closed.signal);
      this.look();
    }
    this.#watching = false;
  }

  async #lookAt(uploadId: string): Promise<void> {
    const absent = this.#absent.get(uploadId);
    // A network drive may take minutes to answer; the others are looked at meanwhile.
    if (!absent || absent.looking) return;
    absent.looking = true;
    const missing = await stat(absent.path).then(
      () => false,
      (error: unknown) => fileFailure(error).problem === 'file-missing',
    );
    absent.looking = false;
    if (missing || this.#absent.get(uploadId) !== absent) return;
    this.#absent.delete(uploadId);
    const returns = this.#returns.get(uploadId);
    if (returns) returns.times += 1;
    this.#isBack(uploadId);
  }
}
