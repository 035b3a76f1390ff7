import { stat } from 'node:fs/promises';
import type { Clock } from '../domain/clock';
import { delay } from '../domain/delay';
import { fileFailure } from './failure';

/** How often to check whether a file is back. */
export const FILE_CHECK_MS = 5_000;
/**
 * A damaged disk gives the same error as an unplugged one, but its files are there at every check. After
 * this many returns without a further part being read, the file counts as unreadable.
 */
const MAX_RETURNS = 5;

interface MissingFile {
  path: string;
  isBeingChecked: boolean;
}

/** Uploads that wait for a missing file, most likely because its drive is unplugged. */
export class MissingFiles {
  readonly #clock: Clock;
  readonly #isBack: (uploadId: string) => void;
  readonly #missing = new Map<string, MissingFile>();
  readonly #returns = new Map<string, { times: number; sentParts: number }>();
  readonly #closed = new AbortController();
  #isChecking = false;

  /** `isBack` is called when an awaited file is there again. */
  constructor(clock: Clock, isBack: (uploadId: string) => void) {
    this.#clock = clock;
    this.#isBack = isBack;
  }

  has(uploadId: string): boolean {
    return this.#missing.has(uploadId);
  }

  /**
   * Begins to wait for an upload's file. False if there is no point in waiting: the file has come back
   * several times, and still nothing beyond the `sentParts` parts could be read.
   */
  waitFor(uploadId: string, path: string, sentParts: number): boolean {
    const returns = this.#returns.get(uploadId);
    if (returns && returns.sentParts !== sentParts) this.#returns.delete(uploadId);
    else if (returns && returns.times >= MAX_RETURNS) return false;
    const times = this.#returns.get(uploadId)?.times ?? 0;
    this.#returns.set(uploadId, { times, sentParts });
    this.#missing.set(uploadId, { path, isBeingChecked: false });
    void this.#checkRegularly();
    return true;
  }

  /** Stops waiting, for whatever reason. */
  forget(uploadId: string): void {
    this.#missing.delete(uploadId);
    this.#returns.delete(uploadId);
  }

  /** Checks all missing files now. */
  checkAll(): void {
    for (const uploadId of this.#missing.keys()) void this.#check(uploadId);
  }

  close(): void {
    this.#closed.abort();
    this.#missing.clear();
  }

  async #checkRegularly(): Promise<void> {
    if (this.#isChecking) return;
    this.#isChecking = true;
    while (this.#missing.size > 0) {
      await delay(this.#clock, FILE_CHECK_MS, this.#closed.signal);
      this.checkAll();
    }
    this.#isChecking = false;
  }

  async #check(uploadId: string): Promise<void> {
    const file = this.#missing.get(uploadId);
    // A network drive may take minutes to answer; the others are checked in the meantime.
    if (!file || file.isBeingChecked) return;
    file.isBeingChecked = true;
    const isMissing = await stat(file.path).then(
      () => false,
      (error: unknown) => fileFailure(error).problem === 'file-missing',
    );
    file.isBeingChecked = false;
    if (isMissing || this.#missing.get(uploadId) !== file) return;
    this.#missing.delete(uploadId);
    const returns = this.#returns.get(uploadId);
    if (returns) returns.times += 1;
    this.#isBack(uploadId);
  }
}
