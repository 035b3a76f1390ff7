import type { Clock } from '../../domain/clock';

/** A timer that fires later than this by the wall clock was held up by a sleep of the machine. */
const LATE_MS = 30_000;
/** Reports of a wake that come within this time are about the same one. */
const SAME_WAKE_MS = 15_000;

/**
 * The same clock, but a timer that fires far too late calls `onLate` before it does anything else: not
 * every desktop says that the machine slept. `onLate` may cancel the timer's own task.
 *
 * Timers stand still in a sleep, so a long one that was set before it may fire hours after the wake.
 * By then its lateness is explained: timers set before `explainedUntilMs` report nothing.
 */
export function reportLateTimers(
  clock: Clock,
  onLate: (lateMs: number) => void,
  explainedUntilMs: () => number,
): Clock {
  return {
    nowMs: clock.nowMs,
    monotonicMs: clock.monotonicMs,
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

/**
 * Notices when the machine wakes up: the system may say so to `reportWake`, and any timer of the
 * returned clock that fires far too late shows it. `onWake` is called once for each wake, whichever
 * of the two comes first, with what noticed it, for the log.
 */
export function detectWakes(
  clock: Clock,
  onWake: (noticedBy: string) => void,
): { clock: Clock; reportWake: (noticedBy: string) => void } {
  let lastWakeMs = Number.NEGATIVE_INFINITY;
  function reportWake(noticedBy: string): void {
    const nowMs = clock.nowMs();
    if (Math.abs(nowMs - lastWakeMs) < SAME_WAKE_MS) return;
    lastWakeMs = nowMs;
    onWake(noticedBy);
  }
  const reportLate = (lateMs: number) => reportWake(`a timer ${Math.round(lateMs / 1000)} s late`);
  return { clock: reportLateTimers(clock, reportLate, () => lastWakeMs), reportWake };
}
