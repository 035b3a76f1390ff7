import type { Clock } from '../domain/clock';
import { watchClockSteps } from '../domain/clock-steps';
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
export function createRateLimitTracker(
  clock: Pick<Clock, 'nowMs' | 'monotonicMs'>,
): RateLimitTracker {
  const limits = new Map<string, RateLimits>();
  const sentAtMs = new Map<string, number[]>();
  const takeStep = watchClockSteps(clock);

  /** The time; first moves what is stored, if the wall clock was set: waits stay as long as asked for. */
  function nowMs(): number {
    const stepMs = takeStep();
    const moved = (atMs: number | null) => (atMs === null ? null : atMs + stepMs);
    if (stepMs !== 0) {
      for (const known of limits.values()) {
        known.resetAtMs = moved(known.resetAtMs);
        known.retryAtMs = moved(known.retryAtMs);
      }
      for (const [accountId, all] of sentAtMs) {
        sentAtMs.set(
          accountId,
          all.map((atMs) => atMs + stepMs),
        );
      }
    }
    return clock.nowMs();
  }

  function recent(accountId: string): number[] {
    const sinceMs = nowMs() - HOUR_MS;
    const all = sentAtMs.get(accountId) ?? [];
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
    limits(accountId) {
      nowMs();
      return limits.get(accountId) ?? null;
    },
    requestsInLastHour: (accountId) => recent(accountId).length,
  };
}
