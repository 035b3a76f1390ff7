import type { Worker } from 'node:worker_threads';

/** Workers take memory, so they end after this long without a request. */
const IDLE_MS = 60_000;

interface Pending<Answer> {
  resolve(answer: Answer): void;
  reject(error: Error): void;
}

/** A worker that is started when needed, and ended when idle. */
export class OnDemandWorker<Request, Answer extends { id: number }> {
  readonly #startWorker: () => Worker;
  readonly #onStart: () => void;
  readonly #onMessage: (message: never) => void;
  readonly #pending = new Map<number, Pending<Answer>>();
  #worker: Worker | null = null;
  #idleTimer: NodeJS.Timeout | null = null;
  #nextId = 1;

  /** `onStart` is called after each start, `onMessage` with every message that is not an answer. */
  constructor(
    startWorker: () => Worker,
    hooks: { onStart?: () => void; onMessage?: (message: never) => void } = {},
  ) {
    this.#startWorker = startWorker;
    this.#onStart = hooks.onStart ?? (() => {});
    this.#onMessage = hooks.onMessage ?? (() => {});
  }

  get isRunning(): boolean {
    return this.#worker !== null;
  }

  start(): void {
    this.#postponeEnd();
    if (this.#worker) return;
    const worker = this.#startWorker();
    this.#worker = worker;
    worker.unref();
    worker.on('message', (message: Answer) => this.#received(message));
    worker.on('error', (error) => this.#failed(worker, error));
    worker.on('exit', () => this.#failed(worker, new Error('the worker has ended')));
    this.#onStart();
  }

  /** Sends a message that gets no answer. */
  post(request: Request): void {
    this.start();
    this.#worker?.postMessage(request);
  }

  /**
   * Sends a request and waits for the answer with the same id. On abort, `withdraw` is sent, but the answer
   * is still awaited: until it comes, the worker may be reading the file. Rejects if the worker crashes.
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
      this.post(request(id));
      // A worker at work keeps the process alive; an idle one must not.
      this.#worker?.ref();
      signal.addEventListener('abort', stop, { once: true });
    }).finally(() => {
      signal.removeEventListener('abort', stop);
      this.#postponeEnd();
    });
  }

  async close(): Promise<void> {
    if (this.#idleTimer) clearTimeout(this.#idleTimer);
    this.#idleTimer = null;
    await this.#worker?.terminate();
  }

  #received(message: Answer): void {
    const pending = this.#pending.get(message.id);
    if (!pending) {
      this.#onMessage(message as never);
      return;
    }
    this.#pending.delete(message.id);
    if (this.#pending.size === 0) this.#worker?.unref();
    pending.resolve(message);
  }

  #failed(worker: Worker, error: Error): void {
    if (this.#worker !== worker) return;
    this.#worker = null;
    const all = [...this.#pending.values()];
    this.#pending.clear();
    for (const { reject } of all) reject(error);
  }

  /** The worker has just been used: it ends a minute from now, unless it is used again. */
  #postponeEnd(): void {
    if (this.#idleTimer) clearTimeout(this.#idleTimer);
    this.#idleTimer = setTimeout(() => {
      if (this.#pending.size > 0) this.#postponeEnd();
      else void this.close();
    }, IDLE_MS);
    this.#idleTimer.unref();
  }
}
