import type { Clock } from '../domain/clock';
import type { StartBaseline, StartRequest } from '../domain/execution';
import type { Job, JobObservation } from '../domain/job';
import type { Logger } from '../domain/logger';
import type { ServiceConnection } from '../domain/service';

/** What was requested when executions were started here. */
interface ExecutionStartStore {
  /** Stores the request with its job; does nothing if the job is not stored. */
  saveStart(jobId: string, request: StartRequest): void;
  /** Null for a job that was not started here. */
  start(jobId: string): StartRequest | null;
  /** Stores a start before it is sent, for as long as its executions are searched for; returns its id. */
  saveSearch(accountId: string, request: StartRequest, baseline: StartBaseline): number;
  removeSearch(searchId: number): void;
  /** False once it was removed, also along with its account. */
  hasSearch(searchId: number): boolean;
  searches(accountId: string): { id: number; request: StartRequest; baseline: StartBaseline }[];
  /** Remote ids of all known executions of the account. */
  executionIds(accountId: string): Set<string>;
}

export interface ExecutionDeps {
  jobs: { get(jobId: string): Job | null };
  starts: ExecutionStartStore;
  connection: (accountId: string) => ServiceConnection | null;
  polling: {
    /** Takes over the jobs in the answer to a start of work. */
    adopt(accountId: string, jobs: JobObservation[]): void;
    pollNow(accountId: string): void;
  };
  clock: Clock;
  logger: Logger;
  /** In coins: the user has to confirm any start that costs more. */
  confirmOverCoins: () => number;
  /** The account's balance in coins, read if it is not known; null if it cannot be read. */
  readBalance: (accountId: string) => Promise<number | null>;
  /** Null: the known balance is out of date. */
  setBalance: (accountId: string, coins: number | null) => void;
}
