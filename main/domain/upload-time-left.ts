/** How fast the time left that is shown gives way to the measured one. */
const EASE_MS = 10_000;
/** A measured time left that is this close to the one shown does not change the countdown. */
const TOLERANCE = 0.1;

/**
 * The time left to show for an upload, in milliseconds. `shownMs` is what was shown `sinceMs` ago, and
 * `measuredMs` follows from the speed; either may be null. It counts down by the clock and drifts
 * slowly towards what was measured, so that it does not jump whenever the speed does.
 */
export function nextTimeLeftMs(
  shownMs: number | null,
  measuredMs: number | null,
  sinceMs: number,
): number | null {
  if (measuredMs === null) return null;
  if (shownMs === null) return measuredMs;
  const countedMs = Math.max(0, shownMs - sinceMs);
  const offMs = measuredMs - countedMs;
  if (Math.abs(offMs) <= countedMs * TOLERANCE) return countedMs;
  return countedMs + offMs * (1 - Math.exp(-sinceMs / EASE_MS));
}
