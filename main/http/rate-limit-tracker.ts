import type { RateLimits } from '../domain/rate-limits';
import type { ResponseHeaders } from './headers';
import { rateLimitsOf } from './rate-limit-headers';
import { retryAfterMs } from './retry-after';

const HOUR_MS = 60 * 60_000;

/** Each account's rate limits as its responses reported them, and how many requests it made. */
interface RateLimitTracker {
  /** Counts one request. */
  requestSent(accountId: string): void;
  /** Reads a response's headers; a refusal (429 or 5xx) may carry Retry-After. */
  responseReceived(accountId: string, status: number, headers: ResponseHeaders): void;
  /** Null while no response has reported any limit. */
  limits(accountId: string): RateLimits | null;
  requestsInLastHour(accountId: string): number;
}

/** Makes a tracker that knows nothing yet. */
export function createRateLimitTracker(nowMs: () => number): RateLimitTracker {
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
    requestSent(accountId) {
      const all = recent(accountId);
      all.push(nowMs());
      sentAtMs.set(accountId, all);
    },
    responseReceived(accountId, status, headers) {
      const now = nowMs();
      const known = limits.get(accountId);
      const reported = rateLimitsOf(headers, now);
      const refused = status === 429 || status >= 500;
      const next: RateLimits = {
        limit: reported.limit ?? known?.limit ?? null,
        remaining: reported.remaining ?? known?.remaining ?? null,
        resetAtMs: reported.resetAtMs ?? known?.resetAtMs ?? null,
        retryAtMs: refused ? retryAfterMs(headers, now) : null,
      };
      // A call that was already under way may succeed after another was refused: the wait still counts.
      if (known?.retryAtMs && known.retryAtMs > now) {
        next.retryAtMs = Math.max(known.retryAtMs, next.retryAtMs ?? 0);
      }
      if (Object.values(next).some((value) => value !== null)) limits.set(accountId, next);
    },
    limits: (accountId) => limits.get(accountId) ?? null,
    requestsInLastHour: (accountId) => recent(accountId).length,
  };
}
