/** Enough to fill most links; from there on, measurements show what this link can carry. */
const INITIAL_PARTS = 4;
const MIN_PARTS = 2;
const STEP_PARTS = 2;
/** More concurrent parts are kept only if they bring this much more throughput. */
const MIN_GAIN = 1.05;
const WINDOW_MS = 2_000;
/** For how many windows the best number is kept before more parts are tried again. */
const HOLD_WINDOWS = 15;
/**
 * Whatever is in flight when a connection breaks has to be sent again. So a slow link gets fewer
 * concurrent parts, each of which arrives sooner.
 */
const SLOW_PART_MS = 60_000;

/** How many concurrent parts suit the link, and the current measurement. */
export interface ConcurrencyEstimate {
  /** How many parts to have in flight. */
  parts: number;
  /** The number and speed before `parts` was raised as a trial; null without a trial. */
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
 * The estimate after a part has arrived, which took `tookMs`. Every few seconds two more parts are
 * tried, up to `maxParts`; they are kept if the link then carries more than before.
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
  // The part that opens a window was sent before the window began, so its bytes do not count.
  if (!link.window) return { ...link, window: { startedAtMs: nowMs, bytes: 0, arrived: 0 } };
  const window = {
    ...link.window,
    bytes: link.window.bytes + bytes,
    arrived: link.window.arrived + 1,
  };
  const spanMs = nowMs - window.startedAtMs;
  // After a jump of the clock or a pause, the figures mean nothing.
  if (spanMs < 0 || spanMs > 30 * WINDOW_MS) return { ...link, window: null };
  // Each of the concurrent parts must have had the time to arrive.
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
