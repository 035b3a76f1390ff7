import { delay } from '../domain/delay';
import type { ArrivedPart, UploadQueueDeps } from './deps';

/**
 * Parts that arrive within this many milliseconds are stored in one transaction. A disk takes
 * milliseconds for each commit, during which main could not give the workers their next parts. The price
 * is that after a crash in that time, those few parts are sent again.
 */
const BATCH_MS = 20;

/** Stores the arrived parts of one transfer, with their ETags. */
export class StoredParts {
  readonly #deps: Pick<UploadQueueDeps, 'clock' | 'store'>;
  readonly #id: string;
  readonly #failed: (error: unknown) => void;
  #arrived: ArrivedPart[] = [];
  #storing: Promise<void> | null = null;
  readonly #flush = new AbortController();

  /** `failed` is called with the error if parts cannot be stored; they do not count as sent. */
  constructor(
    deps: Pick<UploadQueueDeps, 'clock' | 'store'>,
    id: string,
    failed: (error: unknown) => void,
  ) {
    this.#deps = deps;
    this.#id = id;
    this.#failed = failed;
  }

  /** Adds a part that has arrived; it counts as sent once it is stored. */
  add(arrived: ArrivedPart): void {
    this.#arrived.push(arrived);
    this.#storing ??= this.#store();
  }

  /** Stores the remaining parts at once. No part may be added after this. */
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
