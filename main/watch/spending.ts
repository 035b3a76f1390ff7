import type { RateLimits } from '../domain/rate-limits';
import type { Spending } from '../domain/watch-status';
import type { Budget } from './budget';

/** What polling has cost an account, and what is left by the service's own count. */
export function spendingOf(budget: Budget, limits: RateLimits | null, nowMs: number): Spending {
  return {
    requestsLastHour: budget.requestsLastHour(nowMs),
    requestsPerHour: budget.requestsPerHour,
    coinsPerDay: budget.coinsPerDay(nowMs),
    remaining: limits?.remaining ?? null,
    limit: limits?.limit ?? null,
    resetAtMs: limits?.resetAtMs ?? null,
  };
}
