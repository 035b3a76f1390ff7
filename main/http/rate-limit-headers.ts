import type { RateLimits } from '../domain/rate-limits';
import { headerOf, type ResponseHeaders } from './headers';
import { byOurClock } from './retry-after';

function countOf(headers: ResponseHeaders, name: string): number | null {
  const text = headerOf(headers, name);
  return text !== null && /^\d{1,12}$/.test(text) ? Number(text) : null;
}

/**
 * When the limit is full again, by our clock. From `X-RateLimit-Reset`, which is in Unix seconds
 * according to Autoposting's documentation; null without the header.
 */
export function resetAtMs(headers: ResponseHeaders, nowMs: number): number | null {
  const seconds = countOf(headers, 'x-ratelimit-reset');
  return seconds === null ? null : byOurClock(headers, seconds * 1000, nowMs);
}

/** What the `X-RateLimit-…` headers say; null for each that is missing. */
export function rateLimitsOf(
  headers: ResponseHeaders,
  nowMs: number,
): Omit<RateLimits, 'retryAtMs'> {
  return {
    limit: countOf(headers, 'x-ratelimit-limit'),
    remaining: countOf(headers, 'x-ratelimit-remaining'),
    resetAtMs: resetAtMs(headers, nowMs),
  };
}
