import type { ServiceProblem } from './service-error';

/** What decides the time of an account's next poll. */
export type PollingReason =
  | 'active'
  | 'idle'
  | 'backing-off'
  | 'rate-limited'
  /** The account has used up its polling budget for now. */
  | 'budget'
  | 'offline'
  | 'paused'
  /** Nothing can be stored, and what an answer says would be lost. */
  | 'storage';

/** What polling an account has cost, and how much of its limits is left. */
export interface BudgetReport {
  requestsLastHour: number;
  requestsPerHour: number;
  /** Coins that polling costs per day, estimated from the last day; null where calls are free. */
  coinsPerDay: number | null;
  /** Requests left by the service's own count, if it gives one. */
  remaining: number | null;
  limit: number | null;
  resetAtMs: number | null;
}

/** `app-failed`: the service has answered, and the app made a mistake with the answer. */
export type PollingProblem = ServiceProblem | 'app-failed';

/** The state of one account's polling. */
export interface PollingStatus {
  /** Null while all is well. */
  problem: PollingProblem | null;
  /** The service's own words about the problem. */
  remoteText: string | null;
  lastSuccessAtMs: number | null;
  nextPollAtMs: number | null;
  reason: PollingReason;
  spending: BudgetReport;
}

export const NOT_POLLED_YET: Omit<PollingStatus, 'spending'> = {
  problem: null,
  remoteText: null,
  lastSuccessAtMs: null,
  nextPollAtMs: null,
  reason: 'idle',
};
