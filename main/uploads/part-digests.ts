import type { PlannedPart } from './part-plan';
import type { SourceFile } from './source-file';
import type { PartWorkers } from './workers/part-workers';

/**
 * Parts whose MD5s are requested together: as many as the hashing worker computes in parallel, which
 * takes no longer than one. One at a time would cost eight times as much.
 */
const BATCH_PARTS = 8;
/** The next batch is requested when no more than this many are left, so that no part has to wait. */
const REFILL_AT_PARTS = 4;

/** A part and its MD5, which may not have been computed yet. */
export interface HashedPart {
  part: PlannedPart;
  /** Lower-case hex. */
  md5Hex: Promise<string>;
}

/** The parts of one transfer in order, hashed a few ahead. */
export class PartDigests {
  readonly #parts: PlannedPart[];
  readonly #hash: (part: PlannedPart) => Promise<string>;
  readonly #ahead: HashedPart[] = [];
  readonly #underWay = new Set<Promise<string>>();

  constructor(
    parts: PlannedPart[],
    file: SourceFile,
    workers: Pick<PartWorkers, 'md5'>,
    stop: AbortSignal,
  ) {
    this.#parts = [...parts];
    this.#hash = ({ offsetBytes, sizeBytes }) =>
      workers.md5({ fd: file.fd, offsetBytes, sizeBytes }, stop);
  }

  /** The next part, or null after the last. */
  next(): HashedPart | null {
    const batch = this.#ahead.length > REFILL_AT_PARTS ? [] : this.#parts.splice(0, BATCH_PARTS);
    for (const part of batch) {
      const md5Hex = this.#hash(part);
      this.#underWay.add(md5Hex);
      const over = (): void => void this.#underWay.delete(md5Hex);
      // Whoever takes the part sees a failure. Until then it must not count as unhandled.
      md5Hex.then(over, over);
      this.#ahead.push({ part, md5Hex });
    }
    return this.#ahead.shift() ?? null;
  }

  /** Resolves when the file is not read for digests any more; soon after a stop. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#underWay);
  }
}
