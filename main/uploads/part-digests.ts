import type { PlannedPart } from './part-plan';
import type { PartWorkers } from './ports';
import type { SourceFile } from './source-file';

/**
 * Parts whose MD5 is asked for together: as many as the hashing thread does side by side, which
 * takes no longer than one. One at a time would cost eight times as much.
 */
const TOGETHER = 8;
/** The next ones are asked for when no more than so many are left, so that none has to wait. */
const LEFT = 4;

/** A part and its MD5, which may still be under way. */
export interface HashedPart {
  part: PlannedPart;
  md5Hex: Promise<string>;
}

/** The parts of one transfer in order, hashed a few ahead. */
export class PartDigests {
  readonly #parts: PlannedPart[];
  readonly #hash: (part: PlannedPart) => Promise<string>;
  readonly #ahead: HashedPart[] = [];
  readonly #underWay = new Set<Promise<string>>();

  constructor(parts: PlannedPart[], file: SourceFile, workers: PartWorkers, stop: AbortSignal) {
    this.#parts = [...parts];
    this.#hash = ({ offsetBytes, sizeBytes }) =>
      workers.md5({ fd: file.fd, offsetBytes, sizeBytes }, stop);
  }

  /** The next part, or null when all were given out. */
  next(): HashedPart | null {
    const asked = this.#ahead.length > LEFT ? [] : this.#parts.splice(0, TOGETHER);
    for (const part of asked) {
      const md5Hex = this.#hash(part);
      this.#underWay.add(md5Hex);
      const over = (): void => void this.#underWay.delete(md5Hex);
      // Whoever takes the part is told. Until then a failure must not count as unhandled.
      md5Hex.then(over, over);
      this.#ahead.push({ part, md5Hex });
    }
    return this.#ahead.shift() ?? null;
  }

  /**
   * Resolves when no more of what was asked for reads the file; after `stop`, that is at once.
   */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#underWay);
  }
}
