/** A time limit joined with the caller's wish to stop. */
export interface Deadline {
  signal: AbortSignal;
  /** Why the signal fired, or null while it has not. */
  stopped(): 'timed-out' | 'cancelled' | null;
  /** Gives the full time again. */
  restart(): void;
  /** Must be called when the work is over. */
  end(): void;
  /** Waits for `work`, which cannot be aborted itself, no longer than the signal allows. */
  bound<T>(work: Promise<T>): Promise<T>;
}

/**
 * Starts a limit of `limitMs`. Written out instead of AbortSignal.any and AbortSignal.timeout: on
 * Node 20 `any` keeps a reference for as long as the caller's signal lives, and an upload's signal
 * lives through thousands of parts (https://github.com/nodejs/node/issues/55351).
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
