import type { ServiceProblem } from './service-error';

/** Why an account's next poll is when it is. */
export type WatchReason = 'active' | 'idle' | 'backing-off' | 'rate-limited' | 'offline' | 'paused';

/** How the watching of one account stands. */
export interface WatchStatus {
  /** Null while all is well. */
  problem: ServiceProblem | null;
  /** The service's own words about the problem. */
  remoteText: string | null;
  lastSuccessAtMs: number | null;
  nextPollAtMs: number | null;
  reason: WatchReason;
}
