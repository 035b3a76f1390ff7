/** Enough to fill most links; from here it is found out what this one gives. */
export const FIRST_PARTS = 4;
const FEWEST_PARTS = 2;
const STEP_PARTS = 2;
/** More parts at once are worth it only when they bring this much more. */
const WORTH = 1.05;
const WINDOW_MS = 2_000;
/** Windows to stay with what was found before looking further. */
const REST_WINDOWS = 15;
/**
 * What is on its way when an upload is broken off has to be sent again. So on a slow link fewer
 * parts go at once, each of them faster.
 */
const SLOW_PART_MS = 60_000;

/** What is known of the link. */
export interface ConcurrencyEstimate {
  /** Parts to have on their way. */
  parts: number;
  /** Whether `parts` was just raised to see what it brings, and what there was before. */
  before: { parts: number; bytesPerMs: number } | null;
  restWindows: number;
  window: { startedAtMs: number; bytes: number; arrived: number } | null;
}

export const FRESH_LINK: ConcurrencyEstimate = {
  parts: FIRST_PARTS,
  before: null,
  restWindows: 0,
  window: null,
};

/**
 * Learns from a part that has arrived: `tookMs` is what it was under way. Every few seconds two
 * more parts are tried; they stay if the link then gives more than before.
 */
export function learn(
  link: ConcurrencyEstimate,
  arrived: { nowMs: number; bytes: number; tookMs: number },
  most: number,
): ConcurrencyEstimate {
  const { nowMs, bytes, tookMs } = arrived;
  if (tookMs > SLOW_PART_MS) {
    const parts = Math.max(FEWEST_PARTS, link.parts - 1);
    return { parts, before: null, restWindows: REST_WINDOWS, window: null };
  }
  // The bytes of the part that opens a window arrived before it.
  if (!link.window) return { ...link, window: { startedAtMs: nowMs, bytes: 0, arrived: 0 } };
  const window = {
    ...link.window,
    bytes: link.window.bytes + bytes,
    arrived: link.window.arrived + 1,
  };
  const spanMs = nowMs - window.startedAtMs;
  // After a jump of the clock, or a pause, the figures mean nothing.
  if (spanMs < 0 || spanMs > 30 * WINDOW_MS) return { ...link, window: null };
  // Each part has to have had its turn.
  if (spanMs < WINDOW_MS || window.arrived < link.parts) return { ...link, window };
  return next({ ...link, window: null }, window.bytes / spanMs, most);
}

function next(link: ConcurrencyEstimate, bytesPerMs: number, most: number): ConcurrencyEstimate {
  const { parts, before, restWindows } = link;
  if (before && bytesPerMs < before.bytesPerMs * WORTH) {
    return { ...link, parts: before.parts, before: null, restWindows: REST_WINDOWS };
  }
  if (restWindows > 0) return { ...link, before: null, restWindows: restWindows - 1 };
  const more = Math.min(most, parts + STEP_PARTS);
  return more > parts
    ? { ...link, parts: more, before: { parts, bytesPerMs } }
    : { ...link, before: null };
}
