import type { UploadProgress } from './upload';

/** The speed is measured over the last seconds. */
const WINDOW_MS = 8_000;
/** No speed is given before this much time was measured. */
const MIN_SPAN_MS = 1_500;
/** Measurements further apart than this have a sleep in between: earlier ones no longer count. */
const GAP_MS = 5_000;
/** How fast the time left that is shown gives way to the measured one. */
const EASE_MS = 10_000;
/** A measured time left this close to the one shown only lets the countdown go on. */
const TOLERANCE = 0.1;

/** What is remembered of a transfer to tell its speed. */
export interface ThroughputMeter {
  /** Bytes moved so far, over the window; oldest first. */
  samples: { atMs: number; sentBytes: number }[];
  timeLeftMs: number | null;
}

export const EMPTY_METER: ThroughputMeter = { samples: [], timeLeftMs: null };

/** Bytes per second over the window, or null while it is too short. Never negative. */
function speed(samples: ThroughputMeter['samples']): number | null {
  const first = samples[0];
  const last = samples.at(-1);
  if (!first || !last || last.atMs - first.atMs < MIN_SPAN_MS) return null;
  // A part that is sent again takes its bytes back.
  const gainedBytes = Math.max(0, last.sentBytes - first.sentBytes);
  return (gainedBytes * 1000) / (last.atMs - first.atMs);
}

/**
 * Adds a measurement, and gives the figures to show. Bytes that are there at the first measurement
 * do not count as speed, so a resumed transfer does not begin with a leap. The time left counts
 * down by the clock and drifts slowly towards what the speed says.
 */
export function measureThroughput(
  meter: ThroughputMeter,
  at: { nowMs: number; sentBytes: number; sizeBytes: number },
): { meter: ThroughputMeter; progress: UploadProgress } {
  const { nowMs, sentBytes, sizeBytes } = at;
  const previous = meter.samples.at(-1);
  const sinceMs = previous ? nowMs - previous.atMs : 0;
  // A clock that was set back or forward is a gap like any other.
  const broken = sinceMs < 0 || sinceMs > GAP_MS;
  const kept = broken
    ? []
    : meter.samples.filter(
        (sample, index, all) => (all[index + 1] ?? sample).atMs >= nowMs - WINDOW_MS,
      );
  const samples = [...kept, { atMs: nowMs, sentBytes }];
  const bytesPerSecond = speed(samples);
  const timeLeftMs = ease(
    broken ? null : meter.timeLeftMs,
    bytesPerSecond ? ((sizeBytes - sentBytes) * 1000) / bytesPerSecond : null,
    sinceMs,
  );
  return { meter: { samples, timeLeftMs }, progress: { sentBytes, bytesPerSecond, timeLeftMs } };
}

function ease(shownMs: number | null, measuredMs: number | null, sinceMs: number): number | null {
  if (measuredMs === null) return null;
  if (shownMs === null) return measuredMs;
  const countedMs = Math.max(0, shownMs - sinceMs);
  const offMs = measuredMs - countedMs;
  if (Math.abs(offMs) <= countedMs * TOLERANCE) return countedMs;
  return countedMs + offMs * (1 - Math.exp(-sinceMs / EASE_MS));
}
