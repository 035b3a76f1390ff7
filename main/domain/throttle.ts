import type { Clock } from './clock';

/** Calls that come too often become fewer: the first at once, the others together, later. */
export interface Throttle {
  (): void;
  /** Forgets a call that waits. */
  cancel(): void;
}

/**
 * Runs the task at most once in `gapMs`. A call that comes too early waits, and all that come while it
 * waits are one with it, also when its timer is late: else the late timer would run the task right after
 * a call that was let through.
 */
export function createThrottle(clock: Clock, gapMs: number, task: () => void): Throttle {
  let ranAtMs = Number.NEGATIVE_INFINITY;
  let cancelWait: (() => void) | null = null;

  function run(): void {
    ranAtMs = clock.nowMs();
    task();
  }

  function call(): void {
    if (cancelWait !== null) return;
    const sinceMs = clock.nowMs() - ranAtMs;
    if (sinceMs >= gapMs) {
      run();
      return;
    }
    // Not longer than the gap, also after the clock was set back.
    cancelWait = clock.after(Math.min(gapMs - sinceMs, gapMs), () => {
      cancelWait = null;
      run();
    });
  }

  return Object.assign(call, {
    cancel() {
      cancelWait?.();
      cancelWait = null;
    },
  });
}
