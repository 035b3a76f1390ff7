import type { Account } from '../domain/account';
import type { Clock } from '../domain/clock';
import type { NetworkConditions } from '../domain/connectivity';
import type { ArrivalCount, DurationCount, DurationSample } from '../domain/duration-statistics';
import type { Job, JobEvent, JobNotification } from '../domain/job';
import type { Logger } from '../domain/logger';
import type { PollingPace } from '../domain/polling-pace';
import type { RateLimits } from '../domain/rate-limits';
import type { ServiceConnection, ServiceModule } from '../domain/service';
import type { ChangeFeed } from '../events';
import type { CatchUpPeriod } from './catch-up-period';
import type { DurationModel } from './duration-model';
import type { PaceRule, RequestBudget } from './request-budget';

/** What one answer changed, with the durations it revealed. */
export interface PollingChanges {
  jobs: Job[];
  events: JobEvent[];
  notifications: JobNotification[];
  durations: DurationSample[];
}

/** The store as polling needs it. */
export interface PollingStore {
  active(accountId: string): Job[];
  get(jobId: string): Job | null;
  /** Whether the job is stored, but its row cannot be read: it stays as it is. */
  isUnreadable(jobId: string): boolean;
  /** Writes all of it or nothing. Throws when it cannot be written. */
  commit(changes: PollingChanges): void;
  /** The history from before this time was deleted: a list must not bring those jobs back. */
  deletedBeforeMs(): number;
  durations(): DurationCount[];
  arrivals(accountId: string): ArrivalCount[];
  saveArrivals(accountId: string, counts: ArrivalCount[]): void;
}

/** What the polling of every account shares. */
export interface PollingDeps {
  store: PollingStore;
  feed: ChangeFeed;
  clock: Clock;
  /** In [0, 1). */
  random: () => number;
  logger: Logger;
  /** The account's limits according to the service's last answer; null if it gave none. */
  rateLimits: (accountId: string) => RateLimits | null;
}

/** What the polling of one account needs in addition. */
export interface AccountPollingDeps extends PollingDeps {
  account: Account;
  service: ServiceModule;
  connection: ServiceConnection;
  durations: DurationModel;
  budget: RequestBudget;
  paceRules: Record<PollingPace, PaceRule>;
  catchUp: CatchUpPeriod;
  /** As they are when the polling of this account begins. */
  conditions: NetworkConditions;
}
