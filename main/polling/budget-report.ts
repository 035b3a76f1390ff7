import type { BudgetReport } from '../domain/polling-status';
import type { RateLimits } from '../domain/rate-limits';
import type { RequestBudget } from './request-budget';

/** What polling has cost an account, and what is left by the service's own count. */
export function budgetReport(
  budget: RequestBudget,
  limits: RateLimits | null,
  nowMs: number,
): BudgetReport {
  return {
    requestsLastHour: budget.requestsLastHour(nowMs),
    requestsPerHour: budget.requestsPerHour,
    coinsPerDay: budget.coinsPerDay(nowMs),
    remaining: limits?.remaining ?? null,
    limit: limits?.limit ?? null,
    resetAtMs: limits?.resetAtMs ?? null,
  };
}
