import type { Translator } from '../../../../preload/messages';

/** A coarse time left in words; 0 is less than a minute. */
export function timeLeftText(t: Translator, leftMs: number): string {
  return leftMs === 0
    ? t.text('tray.uploads.almost')
    : t.text('totals.timeLeft', { duration: t.duration(leftMs) });
}
