import type { Clock } from '../domain/clock';
import type { StartRequest } from '../domain/execution';
import type { Job, JobObservation } from '../domain/job';
import type { Logger } from '../domain/logger';
import type { ServiceConnection } from '../domain/service';

/** What was asked for when executions were started here. */
interface ExecutionStartStore {
  /** Keeps the request with a job that is stored; does nothing for one that is not. */
  saveStart(jobId: string, request: StartRequest): void;
  /** Null for a job that was not started here. */
  start(jobId: string): StartRequest | null;
  /** Remote ids of every execution of the account that is known. */
  executionIds(accountId: string): Set<string>;
}

export interface ExecutionDeps {
  jobs: { get(jobId: string): Job | null };
  starts: ExecutionStartStore;
  connection: (accountId: string) => ServiceConnection | null;
  polling: {
    /** Takes over the jobs that a start of work answered. */
    adopt(accountId: string, jobs: JobObservation[]): void;
    pollNow(accountId: string): void;
  };
  clock: Clock;
  logger: Logger;
  /** In coins: the user is asked about any start that costs more. */
  confirmOverCoins: () => number;
  /** The account's balance in coins, read if it is not known; null where it cannot be. */
  readBalance: (accountId: string) => Promise<number | null>;
  /** Null: whatever was known of the balance is no longer true. */
  setBalance: (accountId: string, coins: number | null) => void;
}
