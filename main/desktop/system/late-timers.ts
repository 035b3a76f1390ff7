import type { Clock } from '../../domain/clock';

/** A timer that is later than this by the wall clock was held up by a sleep of the machine. */
const LATE_MS = 30_000;

/**
 * The same clock, but a timer that fires far too late reports it before it does anything else: not
 * every desktop says that the machine slept. Whoever is told may cancel the timer's own task.
 *
 * Timers stand still in a sleep, so a long one that was set before it may fire hours after the wake.
 * Its lateness is explained by then: a timer that was set before `explainedUntilMs` reports nothing.
 */
export function reportLateTimers(
  clock: Clock,
  onLate: (lateMs: number) => void,
  explainedUntilMs: () => number,
): Clock {
  return {
    nowMs: clock.nowMs,
    after(delayMs, task) {
      const setAtMs = clock.nowMs();
      let isCancelled = false;
      const cancel = clock.after(delayMs, () => {
        const lateMs = clock.nowMs() - setAtMs - delayMs;
        if (lateMs > LATE_MS && setAtMs > explainedUntilMs()) onLate(lateMs);
        if (!isCancelled) task();
      });
      return () => {
        isCancelled = true;
        cancel();
      };
    },
  };
}
