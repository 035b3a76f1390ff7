import type { ServiceProblem } from './service-error';

/** Why an account's next poll is when it is. */
export type PollingReason =
  | 'active'
  | 'idle'
  | 'backing-off'
  | 'rate-limited'
  /** The account has used up its polling budget for now. */
  | 'budget'
  | 'offline'
  | 'paused';

/** What polling has cost an account, and what is left to it. */
export interface BudgetReport {
  requestsLastHour: number;
  requestsPerHour: number;
  /** Coins that polling costs per day, estimated from the last day; null where calls are free. */
  coinsPerDay: number | null;
  /** Calls left by the service's own count, where it tells one. */
  remaining: number | null;
  limit: number | null;
  resetAtMs: number | null;
}

/** The state of one account's polling. */
export interface PollingStatus {
  /** Null while all is well. */
  problem: ServiceProblem | null;
  /** The service's own words about the problem. */
  remoteText: string | null;
  lastSuccessAtMs: number | null;
  nextPollAtMs: number | null;
  reason: PollingReason;
  spending: BudgetReport;
}
