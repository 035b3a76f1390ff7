import { headerOf, type ResponseHeaders } from './headers';

/** A service that asks for a longer wait than this is mistaken or malicious. */
const MAX_WAIT_MS = 24 * 60 * 60_000;

function httpDate(text: string | null): number | null {
  // Date.parse alone takes almost anything for a date.
  if (text === null || !/^[A-Za-z]{3,9},? .*\d{4}/.test(text)) return null;
  const atMs = Date.parse(text);
  return Number.isNaN(atMs) ? null : atMs;
}

function bounded(atMs: number, nowMs: number): number {
  return Math.min(Math.max(atMs, nowMs), nowMs + MAX_WAIT_MS);
}

/**
 * Converts a time by the service's clock (milliseconds) to our clock. The two may be hours apart; the
 * `Date` header shows by how much. The result is neither in the past nor more than a day ahead.
 */
export function byOurClock(headers: ResponseHeaders, theirsMs: number, nowMs: number): number {
  const offsetMs = (httpDate(headerOf(headers, 'date')) ?? nowMs) - nowMs;
  return bounded(theirsMs - offsetMs, nowMs);
}

/**
 * When `Retry-After` allows the next call, by our clock. The header has a number of seconds or an HTTP
 * date (RFC 9110, section 10.2.3). Null without it, or when it cannot be read.
 */
export function retryAfterMs(headers: ResponseHeaders, nowMs: number): number | null {
  const text = headerOf(headers, 'retry-after');
  if (text === null) return null;
  if (/^\d{1,12}(\.\d+)?$/.test(text)) return bounded(nowMs + Number(text) * 1000, nowMs);
  const dateMs = httpDate(text);
  return dateMs === null ? null : byOurClock(headers, dateMs, nowMs);
}
