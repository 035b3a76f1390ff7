const MINUTE_MS = 60_000;

function stepMs(leftMs: number): number {
  return leftMs < 10 * MINUTE_MS
    ? MINUTE_MS
    : leftMs < 60 * MINUTE_MS
      ? 5 * MINUTE_MS
      : 15 * MINUTE_MS;
}

/**
 * The likely time left in whole minutes and coarser: 0 for less than one, null when it is past. Each
 * answer moves the estimate a little, so a figure that is shown stays while it is about right.
 */
export function coarseLeftMs(leftMs: number, shownMs: number | null): number | null {
  if (leftMs <= 0) return null;
  if (leftMs < MINUTE_MS) return 0;
  if (shownMs !== null && shownMs > 0 && Math.abs(leftMs - shownMs) < 0.75 * stepMs(shownMs)) {
    return shownMs;
  }
  const step = stepMs(leftMs);
  return Math.round(leftMs / step) * step;
}
