import type { Translator } from '../../../../preload/messages';

/** The time left as text; 0 is less than a minute. */
export function timeLeftText(t: Translator, leftMs: number): string {
  return leftMs === 0
    ? t.text('tray.uploads.almost')
    : t.text('totals.timeLeft', { duration: t.duration(leftMs) });
}
