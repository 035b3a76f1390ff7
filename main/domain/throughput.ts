import type { UploadProgress } from './upload';
import { nextTimeLeftMs } from './upload-time-left';

/** The speed is measured over the last seconds. */
const WINDOW_MS = 8_000;
/** No speed is given before this much time has been measured. */
const MIN_SPAN_MS = 1_500;
/** Between measurements further apart than this the machine slept: earlier ones no longer count. */
const GAP_MS = 5_000;

/** What is remembered of a transfer to measure its speed. */
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
  // When a part has to be sent again, its bytes are subtracted.
  const gainedBytes = Math.max(0, last.sentBytes - first.sentBytes);
  return (gainedBytes * 1000) / (last.atMs - first.atMs);
}

/**
 * Adds a measurement, and returns the figures to show. Bytes that were there at the first measurement
 * do not count as speed, so a resumed transfer does not begin with a leap.
 */
export function measureThroughput(
  meter: ThroughputMeter,
  at: { nowMs: number; sentBytes: number; sizeBytes: number },
): { meter: ThroughputMeter; progress: UploadProgress } {
  const { nowMs, sentBytes, sizeBytes } = at;
  const previous = meter.samples.at(-1);
  const sinceMs = previous ? nowMs - previous.atMs : 0;
  // A clock that was set back or forward counts as a gap too.
  const broken = sinceMs < 0 || sinceMs > GAP_MS;
  const kept = broken
    ? []
    : meter.samples.filter(
        (sample, index, all) => (all[index + 1] ?? sample).atMs >= nowMs - WINDOW_MS,
      );
  const samples = [...kept, { atMs: nowMs, sentBytes }];
  const bytesPerSecond = speed(samples);
  const timeLeftMs = nextTimeLeftMs(
    broken ? null : meter.timeLeftMs,
    bytesPerSecond ? ((sizeBytes - sentBytes) * 1000) / bytesPerSecond : null,
    sinceMs,
  );
  return { meter: { samples, timeLeftMs }, progress: { sentBytes, bytesPerSecond, timeLeftMs } };
}
