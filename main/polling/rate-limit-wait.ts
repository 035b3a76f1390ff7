import type { RateLimits } from '../domain/rate-limits';

/** This share of a service's window is used freely; the remaining requests are spread over its time. */
const WINDOW_FREE = 3 / 4;

/** How many of `remaining` may be sent at once: those in the last share go one by one. */
function freeRequests({ limit, remaining }: RateLimits, free: number): number {
  if (remaining === null) return Number.POSITIVE_INFINITY;
  return limit === null ? 0 : Math.floor(remaining - limit * (1 - free));
}

/**
 * The earliest time at which limits allow the next request: not before Retry-After, not before a used-up
 * window begins again, and one by one when little of a window is left. The same rule applies to the
 * service's own limits and to the account's budget.
 */
export function allowedAtMs(
  limits: RateLimits | null,
  lastSentAtMs: number | null,
  nowMs: number,
  free = WINDOW_FREE,
): number {
  if (limits === null) return nowMs;
  const { remaining, resetAtMs, retryAtMs } = limits;
  if (retryAtMs !== null && retryAtMs > nowMs) return retryAtMs;
  if (remaining === null || resetAtMs === null || resetAtMs <= nowMs) return nowMs;
  if (remaining <= 0) return resetAtMs;
  if (freeRequests(limits, free) > 0) return nowMs;
  const sinceMs = Math.min(lastSentAtMs ?? nowMs, nowMs);
  return Math.max(nowMs, sinceMs + (resetAtMs - sinceMs) / (remaining + 1));
}

/** How many requests may be sent at once now; none before `allowedAtMs`. */
export function requestsAllowed(
  limits: RateLimits | null,
  nowMs: number,
  free = WINDOW_FREE,
): number {
  if (limits === null) return Number.POSITIVE_INFINITY;
  const { remaining, resetAtMs, retryAtMs } = limits;
  if (retryAtMs !== null && retryAtMs > nowMs) return 0;
  if (remaining === null || resetAtMs === null || resetAtMs <= nowMs) {
    return Number.POSITIVE_INFINITY;
  }
  return remaining <= 0 ? 0 : Math.max(1, freeRequests(limits, free));
}
