import type { ArrivedPart, UploadPorts } from './ports';

/**
 * Parts that arrive within so long of each other are stored in one transaction. A disk takes
 * milliseconds for each, in which main could hand no next part to the threads. What a crash costs
 * is that these few parts are sent again.
 */
const TOGETHER_MS = 20;

/** Stores the parts of one transfer that have arrived. */
export class StoredParts {
  readonly #ports: UploadPorts;
  readonly #id: string;
  readonly #failed: (error: unknown) => void;
  #arrived: ArrivedPart[] = [];
  #storing: Promise<void> | null = null;
  readonly #atOnce = new AbortController();

  /** `failed` is told why parts could not be stored; they then count as not sent. */
  constructor(ports: UploadPorts, id: string, failed: (error: unknown) => void) {
    this.#ports = ports;
    this.#id = id;
    this.#failed = failed;
  }

  /** Takes a part that has arrived; it counts as sent once it is stored. */
  add(arrived: ArrivedPart): void {
    this.#arrived.push(arrived);
    this.#storing ??= this.#store();
  }

  /** Stores what is left without a wait. No part may be added any more. */
  async settled(): Promise<void> {
    this.#atOnce.abort();
    await this.#storing;
  }

  async #store(): Promise<void> {
    const { clock, store } = this.#ports;
    await clock.delay(TOGETHER_MS, this.#atOnce.signal);
    const together = this.#arrived;
    this.#arrived = [];
    this.#storing = null;
    try {
      store.recordParts(this.#id, together);
    } catch (error) {
      this.#failed(error);
    }
  }
}
