import type { UploadTotals } from '../../../preload/contract';
import type { Translator } from '../../../preload/messages';

const MINUTE_MS = 60_000;

/** Share of the unfinished uploads that is sent, from 0 to 1; null when none is unfinished. */
export function sentFraction(totals: UploadTotals): number | null {
  if (totals.unfinished === 0 || totals.sizeBytes === 0) return null;
  return Math.min(1, totals.sentBytes / totals.sizeBytes);
}

/** Rounded, so as not to flicker: to 1 minute, from ten minutes on to 5, from an hour on to 30. */
function roundedMs(timeLeftMs: number): number {
  const step = timeLeftMs < 10 * MINUTE_MS ? 1 : timeLeftMs < 60 * MINUTE_MS ? 5 : 30;
  return Math.round(timeLeftMs / (step * MINUTE_MS)) * step * MINUTE_MS;
}

/**
 * The progress of the uploads in words: `Uploading 3 videos: 45%, about 4 min left`. Null when none is
 * unfinished. With a larger `percentStep` the text changes less often.
 */
export function uploadSummary(
  totals: UploadTotals,
  percentStep: number,
  t: Translator,
): string | null {
  const fraction = sentFraction(totals);
  if (fraction === null) return null;
  const count = totals.unfinished;
  if (totals.sending === 0) return t.text('tray.uploads.waiting', { count });
  const percent = Math.floor((fraction * 100) / percentStep) * percentStep;
  const words = [t.text('tray.uploads.sending', { count, percent })];
  if (totals.timeLeftMs !== null) {
    const leftMs = roundedMs(totals.timeLeftMs);
    words.push(
      leftMs === 0
        ? t.text('tray.uploads.almost')
        : t.text('totals.timeLeft', { duration: t.duration(leftMs) }),
    );
  }
  return words.join(', ');
}
