import type { QuietHours } from '../domain/notification-rules';

const MINUTE_MS = 60_000;
/** Longer than any day, also one in which clocks are set back. */
const MAX_DAY_MINUTES = 26 * 60;

function isQuiet({ fromMinute, toMinute }: QuietHours, atMs: number): boolean {
  const local = new Date(atMs);
  const minute = local.getHours() * 60 + local.getMinutes();
  return fromMinute <= toMinute
    ? minute >= fromMinute && minute < toMinute
    : minute >= fromMinute || minute < toMinute;
}

/**
 * When the quiet time that holds now is over, in milliseconds since the epoch; null when it is not
 * quiet. A quiet time that ends when it begins is none: it would keep everything quiet for ever.
 *
 * It asks the local clock minute by minute, so a day with a missing or a doubled hour needs no rule.
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
