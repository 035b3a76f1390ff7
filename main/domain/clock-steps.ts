import type { Clock } from './clock';

/** Less than this is how clocks are corrected all the time, and how coarse `monotonicMs` may be. */
const MIN_STEP_MS = 2_000;

/**
 * Notices when the wall clock is set. The returned function gives the milliseconds by which it was set
 * since the last call, negative for back; 0 if it was not. Whoever stores a time by the wall clock until
 * which it waits moves it by as much: else a wait of a minute becomes hours.
 */
export function watchClockSteps(clock: Pick<Clock, 'nowMs' | 'monotonicMs'>): () => number {
  const offsetMs = () => clock.nowMs() - clock.monotonicMs();
  let knownMs = offsetMs();
  return () => {
    const stepMs = offsetMs() - knownMs;
    if (Math.abs(stepMs) < MIN_STEP_MS) return 0;
    knownMs += stepMs;
    return stepMs;
  };
}

/** The same clock, but `onStep` is called when it was set, before anything gets a time by it or is run. */
export function clockWithSteps(clock: Clock, onStep: (stepMs: number) => void): Clock {
  const takeStep = watchClockSteps(clock);
  const check = () => {
    const stepMs = takeStep();
    if (stepMs !== 0) onStep(stepMs);
  };
  return {
    nowMs() {
      check();
      return clock.nowMs();
    },
    monotonicMs: () => clock.monotonicMs(),
    after: (delayMs, task) =>
      clock.after(delayMs, () => {
        check();
        task();
      }),
  };
}
