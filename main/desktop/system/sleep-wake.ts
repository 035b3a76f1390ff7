import type { Clock } from '../../domain/clock';

/** A timer that is later than this by the wall clock was held up by a sleep of the machine. */
const LATE_MS = 30_000;

/**
 * The same clock, but a timer that fires far too late reports it before it does anything else: not
 * every desktop says that the machine slept. Who is told may cancel the timer's own task.
 */
export function reportLateTimers(clock: Clock, onLate: () => void): Clock {
  return {
    nowMs: clock.nowMs,
    after(delayMs, task) {
      const dueAtMs = clock.nowMs() + delayMs;
      let isCancelled = false;
      const cancel = clock.after(delayMs, () => {
        if (clock.nowMs() - dueAtMs > LATE_MS) onLate();
        if (!isCancelled) task();
      });
      return () => {
        isCancelled = true;
        cancel();
      };
    },
  };
}
