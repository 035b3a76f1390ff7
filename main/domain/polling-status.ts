import type { ServiceProblem } from './service-error';

/** Why an account's next poll is when it is. */
export type PollingReason =
  | 'active'
  | 'idle'
  | 'backing-off'
  | 'rate-limited'
  /** The account has used up what it may spend on polling for now. */
  | 'budget'
  | 'offline'
  | 'paused';

/** What polling has cost an account, and what is left. */
export interface BudgetReport {
  requestsLastHour: number;
  requestsPerHour: number;
  /** Coins that polling costs a day, estimated from what it did; null where calls cost none. */
  coinsPerDay: number | null;
  /** The service's own count of calls left, where it tells one. */
  remaining: number | null;
  limit: number | null;
  resetAtMs: number | null;
}

/** How the watching of one account stands. */
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
