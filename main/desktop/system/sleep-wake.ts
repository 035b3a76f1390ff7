import type { Clock } from '../../domain/clock';

/** A timer that fires later than this by the wall clock was held up by a sleep of the machine. */
const LATE_MS = 30_000;
/** Reports of a wake that come within this time are about the same one. */
const SAME_WAKE_MS = 5000;

/**
 * The same clock, but a timer that fires far too late calls `onLate` before it does anything else: not
 * every desktop says that the machine slept. `onLate` may cancel the timer's own task.
 */
export function reportLateTimers(clock: Clock, onLate: () => void): Clock {
  return {
    nowMs: clock.nowMs,
    after(delayMs, task) {
      const expectedAtMs = clock.nowMs() + delayMs;
      let isCancelled = false;
      const cancel = clock.after(delayMs, () => {
        if (clock.nowMs() - expectedAtMs > LATE_MS) onLate();
        if (!isCancelled) task();
      });
      return () => {
        isCancelled = true;
        cancel();
      };
    },
  };
}

/**
 * Notices when the machine wakes up: the system may say so to `reportWake`, and any timer of the
 * returned clock that fires far too late shows it. `onWake` is called once for each wake, whichever
 * of the two comes first.
 */
export function detectWakes(
  clock: Clock,
  onWake: () => void,
): { clock: Clock; reportWake: () => void } {
  let lastWakeMs = Number.NEGATIVE_INFINITY;
  function reportWake(): void {
    const nowMs = clock.nowMs();
    if (Math.abs(nowMs - lastWakeMs) < SAME_WAKE_MS) return;
    lastWakeMs = nowMs;
    onWake();
  }
  return { clock: reportLateTimers(clock, reportWake), reportWake };
}
