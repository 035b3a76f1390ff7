/** Enough to fill most links; from here on it is measured what this one can carry. */
const INITIAL_PARTS = 4;
const MIN_PARTS = 2;
const STEP_PARTS = 2;
/** More parts at once are kept only when they bring this much more throughput. */
const MIN_GAIN = 1.05;
const WINDOW_MS = 2_000;
/** How many windows to keep a number that proved best before more parts are tried again. */
const HOLD_WINDOWS = 15;
/**
 * Whatever is on its way when a connection breaks has to be sent again. So a slow link gets fewer
 * parts at once, each of which arrives sooner.
 */
const SLOW_PART_MS = 60_000;

/** How many parts at once suit the link, and the measurement under way. */
export interface ConcurrencyEstimate {
  /** How many parts to have on their way. */
  parts: number;
  /** What there was before `parts` was raised as a trial; null when no trial is under way. */
  before: { parts: number; bytesPerMs: number } | null;
  /** Windows left until the next trial. */
  holdWindows: number;
  window: { startedAtMs: number; bytes: number; arrived: number } | null;
}

export const INITIAL_ESTIMATE: ConcurrencyEstimate = {
  parts: INITIAL_PARTS,
  before: null,
  holdWindows: 0,
  window: null,
};

/**
 * The estimate after a part has arrived that was on its way for `tookMs`. Every few seconds two more
 * parts are tried; they are kept if the link then carries more than before, up to `maxParts`.
 */
export function adaptConcurrency(
  link: ConcurrencyEstimate,
  arrived: { nowMs: number; bytes: number; tookMs: number },
  maxParts: number,
): ConcurrencyEstimate {
  const { nowMs, bytes, tookMs } = arrived;
  if (tookMs > SLOW_PART_MS) {
    const parts = Math.max(MIN_PARTS, link.parts - 1);
    return { parts, before: null, holdWindows: HOLD_WINDOWS, window: null };
  }
  // The bytes of the part that opens a window arrived before the window began.
  if (!link.window) return { ...link, window: { startedAtMs: nowMs, bytes: 0, arrived: 0 } };
  const window = {
    ...link.window,
    bytes: link.window.bytes + bytes,
    arrived: link.window.arrived + 1,
  };
  const spanMs = nowMs - window.startedAtMs;
  // After a jump of the clock, or a pause, the figures mean nothing.
  if (spanMs < 0 || spanMs > 30 * WINDOW_MS) return { ...link, window: null };
  // Each of the parts at once must have had the time to arrive.
  if (spanMs < WINDOW_MS || window.arrived < link.parts) return { ...link, window };
  return nextEstimate({ ...link, window: null }, window.bytes / spanMs, maxParts);
}

function nextEstimate(
  link: ConcurrencyEstimate,
  bytesPerMs: number,
  maxParts: number,
): ConcurrencyEstimate {
  const { parts, before, holdWindows } = link;
  if (before && bytesPerMs < before.bytesPerMs * MIN_GAIN) {
    return { ...link, parts: before.parts, before: null, holdWindows: HOLD_WINDOWS };
  }
  if (holdWindows > 0) return { ...link, before: null, holdWindows: holdWindows - 1 };
  const more = Math.min(maxParts, parts + STEP_PARTS);
  return more > parts
    ? { ...link, parts: more, before: { parts, bytesPerMs } }
    : { ...link, before: null };
}
