const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;

/**
 * The time left of a transfer, rounded to tens of seconds, minutes or five minutes. The figure
 * changes several times a second, and nobody trusts one that flickers.
 */
export function roundTransferTimeLeft(timeLeftMs: number): number {
  const step =
    timeLeftMs <= 50 * SECOND_MS
      ? 10 * SECOND_MS
      : timeLeftMs < 60 * MINUTE_MS
        ? MINUTE_MS
        : 5 * MINUTE_MS;
  return Math.max(step, Math.round(timeLeftMs / step) * step);
}

function estimateStepMs(timeLeftMs: number): number {
  return timeLeftMs < 10 * MINUTE_MS
    ? MINUTE_MS
    : timeLeftMs < 60 * MINUTE_MS
      ? 5 * MINUTE_MS
      : 15 * MINUTE_MS;
}

/**
 * The estimated time left of a job, rounded to whole minutes or coarser: 0 for less than a minute,
 * null once it is past. Every poll moves the estimate a little, so the figure on screen (`shownMs`)
 * stays for as long as it is about right.
 */
export function roundJobTimeLeft(timeLeftMs: number, shownMs: number | null): number | null {
  if (timeLeftMs <= 0) return null;
  if (timeLeftMs < MINUTE_MS) return 0;
  const isShownRight =
    shownMs !== null &&
    shownMs > 0 &&
    Math.abs(timeLeftMs - shownMs) < 0.75 * estimateStepMs(shownMs);
  if (isShownRight) return shownMs;
  const step = estimateStepMs(timeLeftMs);
  return Math.round(timeLeftMs / step) * step;
}
