/** A time limit combined with the caller's own abort signal. */
interface Deadline {
  signal: AbortSignal;
  /** Why the signal was aborted, or null while it has not been. */
  stopped(): 'timed-out' | 'cancelled' | null;
  /** Starts the full time limit again. */
  restart(): void;
  /** Must be called when the work is done. */
  end(): void;
  /** Waits for `work`, which cannot be aborted itself; rejects when the signal is aborted first. */
  bound<T>(work: Promise<T>): Promise<T>;
}

/**
 * Starts a time limit of `limitMs`. Does not use AbortSignal.any and AbortSignal.timeout: on Node 20,
 * `any` keeps a reference for as long as the caller's signal lives, and an upload's signal lives through
 * thousands of parts (https://github.com/nodejs/node/issues/55351).
 */
export function startDeadline(limitMs: number, callerSignal?: AbortSignal): Deadline {
  const controller = new AbortController();
  let stopped: 'timed-out' | 'cancelled' | null = null;
  const stop = (why: 'timed-out' | 'cancelled') => {
    if (stopped !== null) return;
    stopped = why;
    controller.abort();
  };
  const cancel = () => stop('cancelled');
  const timer = setTimeout(() => stop('timed-out'), limitMs);
  if (callerSignal?.aborted) cancel();
  else callerSignal?.addEventListener('abort', cancel, { once: true });

  return {
    signal: controller.signal,
    stopped: () => stopped,
    restart: () => {
      timer.refresh();
    },
    end() {
      clearTimeout(timer);
      callerSignal?.removeEventListener('abort', cancel);
    },
    bound: (work) =>
      new Promise((resolve, reject) => {
        const giveUp = () => reject(new Error('stopped'));
        if (controller.signal.aborted) giveUp();
        controller.signal.addEventListener('abort', giveUp, { once: true });
        work
          .then(resolve, reject)
          .finally(() => controller.signal.removeEventListener('abort', giveUp));
      }),
  };
}
