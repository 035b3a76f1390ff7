import type { Worker } from 'node:worker_threads';

/** Threads take memory, so they end when nothing was asked of them for so long. */
const IDLE_MS = 60_000;

interface Pending<Answer> {
  resolve(answer: Answer): void;
  reject(error: Error): void;
}

/** A worker that is started when it is needed, and ends when it no longer is. */
export class PartWorker<Request, Answer extends { id: number }> {
  readonly #startWorker: () => Worker;
  readonly #started: () => void;
  readonly #heard: (answer: never) => void;
  readonly #pending = new Map<number, Pending<Answer>>();
  #worker: Worker | null = null;
  #idle: NodeJS.Timeout | null = null;
  #nextId = 1;

  /** `started` is called after each start, `heard` with every message that has no id. */
  constructor(
    startWorker: () => Worker,
    hooks: { started?: () => void; heard?: (message: never) => void } = {},
  ) {
    this.#startWorker = startWorker;
    this.#started = hooks.started ?? (() => {});
    this.#heard = hooks.heard ?? (() => {});
  }

  get runs(): boolean {
    return this.#worker !== null;
  }

  start(): void {
    this.#touch();
    if (this.#worker) return;
    const worker = this.#startWorker();
    this.#worker = worker;
    worker.unref();
    worker.on('message', (message: Answer) => this.#answered(message));
    worker.on('error', (error) => this.#broken(worker, error));
    worker.on('exit', () => this.#broken(worker, new Error('the thread has ended')));
    this.#started();
  }

  tell(request: Request): void {
    this.start();
    this.#worker?.postMessage(request);
  }

  /**
   * Asks and waits for the answer with the same id. On abort `withdraw` is sent, and the answer is
   * still waited for: before it, the thread may yet read the file. Rejects when the thread breaks.
   */
  ask(
    request: (id: number) => Request,
    signal: AbortSignal,
    withdraw: (id: number) => Request,
  ): Promise<Answer> {
    const id = this.#nextId;
    this.#nextId += 1;
    const stop = (): void => {
      if (this.#pending.has(id)) this.#worker?.postMessage(withdraw(id));
    };
    return new Promise<Answer>((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      this.tell(request(id));
      // While it works the process must not end, and while it idles it must not keep it alive.
      this.#worker?.ref();
      signal.addEventListener('abort', stop, { once: true });
    }).finally(() => {
      signal.removeEventListener('abort', stop);
      this.#touch();
    });
  }

  async close(): Promise<void> {
    if (this.#idle) clearTimeout(this.#idle);
    this.#idle = null;
    await this.#worker?.terminate();
  }

  #answered(message: Answer): void {
    const pending = this.#pending.get(message.id);
    if (!pending) {
      this.#heard(message as never);
      return;
    }
    this.#pending.delete(message.id);
    if (this.#pending.size === 0) this.#worker?.unref();
    pending.resolve(message);
  }

  #broken(worker: Worker, error: Error): void {
    if (this.#worker !== worker) return;
    this.#worker = null;
    const all = [...this.#pending.values()];
    this.#pending.clear();
    for (const { reject } of all) reject(error);
  }

  #touch(): void {
    if (this.#idle) clearTimeout(this.#idle);
    this.#idle = setTimeout(() => {
      if (this.#pending.size > 0) this.#touch();
      else void this.close();
    }, IDLE_MS);
    this.#idle.unref();
  }
}
