const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;

/**
 * Time left in steps that a person reads calmly: tens of seconds, minutes, then five minutes. The
 * figure comes several times a second, and one that flickers is trusted by nobody.
 */
export function calmTimeLeftMs(timeLeftMs: number): number {
  const step =
    timeLeftMs <= 50 * SECOND_MS
      ? 10 * SECOND_MS
      : timeLeftMs < 60 * MINUTE_MS
        ? MINUTE_MS
        : 5 * MINUTE_MS;
  return Math.max(step, Math.round(timeLeftMs / step) * step);
}
