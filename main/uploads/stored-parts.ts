import { delay } from '../domain/delay';
import type { ArrivedPart, UploadQueueDeps } from './deps';

/**
 * Parts that arrive within so many milliseconds of each other are stored in one transaction. A disk
 * takes milliseconds for each commit, during which main could hand no next part to the workers. The
 * price is that a crash in that time sends those few parts again.
 */
const BATCH_MS = 20;

/** Stores the parts of one transfer that have arrived, with their ETags. */
export class StoredParts {
  readonly #deps: Pick<UploadQueueDeps, 'clock' | 'store'>;
  readonly #id: string;
  readonly #failed: (error: unknown) => void;
  #arrived: ArrivedPart[] = [];
  #storing: Promise<void> | null = null;
  readonly #flush = new AbortController();

  /** `failed` is called with the error when parts could not be stored; they do not count as sent. */
  constructor(
    deps: Pick<UploadQueueDeps, 'clock' | 'store'>,
    id: string,
    failed: (error: unknown) => void,
  ) {
    this.#deps = deps;
    this.#id = id;
    this.#failed = failed;
  }

  /** Takes a part that has arrived; it counts as sent once it is stored. */
  add(arrived: ArrivedPart): void {
    this.#arrived.push(arrived);
    this.#storing ??= this.#store();
  }

  /** Stores what is left without a wait. No part may be added any more. */
  async flush(): Promise<void> {
    this.#flush.abort();
    await this.#storing;
  }

  async #store(): Promise<void> {
    const { clock, store } = this.#deps;
    await delay(clock, BATCH_MS, this.#flush.signal);
    const batch = this.#arrived;
    this.#arrived = [];
    this.#storing = null;
    try {
      store.recordParts(this.#id, batch);
    } catch (error) {
      this.#failed(error);
    }
  }
}
