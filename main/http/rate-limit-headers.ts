import type { RateLimits } from '../domain/rate-limits';

export type AnswerHeaders = Record<string, string | string[] | undefined>;

/** A service that asks for a longer wait than this is mistaken, or not honest. */
const MAX_WAIT_MS = 24 * 60 * 60_000;

const HOUR_MS = 60 * 60_000;

/** One header's value; the first when it came several times. */
export function headerOf(headers: AnswerHeaders, name: string): string | null {
  const value = headers[name];
  return (Array.isArray(value) ? value[0] : value)?.trim() ?? null;
}

function countOf(headers: AnswerHeaders, name: string): number | null {
  const text = headerOf(headers, name);
  return text !== null && /^\d{1,12}$/.test(text) ? Number(text) : null;
}

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
 * Time by our clock for a time by the service's. The two may be hours apart, and its `Date` header
 * tells by how much.
 */
function byOurClock(headers: AnswerHeaders, theirsMs: number, nowMs: number): number {
  return nowMs + (theirsMs - (httpDate(headerOf(headers, 'date')) ?? nowMs));
}

/** Time of `Retry-After`: seconds, or an HTTP date (RFC 9110, section 10.2.3). Null without one. */
export function retryAfterMs(headers: AnswerHeaders, nowMs: number): number | null {
  const text = headerOf(headers, 'retry-after');
  if (text === null) return null;
  if (/^\d{1,12}(\.\d+)?$/.test(text)) return bounded(nowMs + Number(text) * 1000, nowMs);
  const dateMs = httpDate(text);
  return dateMs === null ? null : bounded(byOurClock(headers, dateMs, nowMs), nowMs);
}

/** Time of `X-RateLimit-Reset`, Unix seconds by Autoposting's documentation. Null without one. */
export function resetAtMs(headers: AnswerHeaders, nowMs: number): number | null {
  const seconds = countOf(headers, 'x-ratelimit-reset');
  if (seconds === null) return null;
  return bounded(byOurClock(headers, seconds * 1000, nowMs), nowMs);
}

/** What each account's answers said of its limits, and how many requests it made. */
export interface RateBook {
  /** Counts one request. */
  sent(accountId: string): void;
  /** Takes an answer's headers; a refusal (429 or 5xx) may carry Retry-After. */
  answered(accountId: string, status: number, headers: AnswerHeaders): void;
  limits(accountId: string): RateLimits | null;
  requestsInLastHour(accountId: string): number;
}

/** A new book without entries. */
export function createRateBook(nowMs: () => number): RateBook {
  const limits = new Map<string, RateLimits>();
  const sentAtMs = new Map<string, number[]>();

  function recent(accountId: string): number[] {
    const all = sentAtMs.get(accountId) ?? [];
    const sinceMs = nowMs() - HOUR_MS;
    const kept = all.findIndex((atMs) => atMs > sinceMs);
    if (kept !== 0) all.splice(0, kept === -1 ? all.length : kept);
    return all;
  }

  return {
    sent(accountId) {
      const all = recent(accountId);
      all.push(nowMs());
      sentAtMs.set(accountId, all);
    },
    answered(accountId, status, headers) {
      const now = nowMs();
      const known = limits.get(accountId);
      const refused = status === 429 || status >= 500;
      const next: RateLimits = {
        limit: countOf(headers, 'x-ratelimit-limit') ?? known?.limit ?? null,
        remaining: countOf(headers, 'x-ratelimit-remaining') ?? known?.remaining ?? null,
        resetAtMs: resetAtMs(headers, now) ?? known?.resetAtMs ?? null,
        retryAtMs: refused ? retryAfterMs(headers, now) : null,
      };
      // A call that was already under way may succeed after another was refused: the wait stays.
      if (known?.retryAtMs && known.retryAtMs > now) {
        next.retryAtMs = Math.max(known.retryAtMs, next.retryAtMs ?? 0);
      }
      if (Object.values(next).some((value) => value !== null)) limits.set(accountId, next);
    },
    limits: (accountId) => limits.get(accountId) ?? null,
    requestsInLastHour: (accountId) => recent(accountId).length,
  };
}
