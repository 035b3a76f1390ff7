import type { QuietHours } from '../domain/notification-rules';

const MINUTE_MS = 60_000;
/** Longer than any day, even one on which clocks are set back. */
const MAX_DAY_MINUTES = 26 * 60;

function isQuiet({ fromMinute, toMinute }: QuietHours, atMs: number): boolean {
  const local = new Date(atMs);
  const minute = local.getHours() * 60 + local.getMinutes();
  return fromMinute <= toMinute
    ? minute >= fromMinute && minute < toMinute
    : minute >= fromMinute || minute < toMinute;
}

/**
 * When the current quiet time ends, in milliseconds since the epoch; null when it is not quiet. Quiet
 * hours that end when they begin are never quiet: otherwise they would never end.
 *
 * Checks the local time minute by minute, so that days with a missing or repeated hour need no special
 * rule.
 */
export function quietUntilMs(quietHours: QuietHours | null, nowMs: number): number | null {
  if (quietHours === null || !isQuiet(quietHours, nowMs)) return null;
  const minuteMs = Math.floor(nowMs / MINUTE_MS) * MINUTE_MS;
  for (let minutes = 1; minutes <= MAX_DAY_MINUTES; minutes += 1) {
    const atMs = minuteMs + minutes * MINUTE_MS;
    if (!isQuiet(quietHours, atMs)) return atMs;
  }
  return null;
}
