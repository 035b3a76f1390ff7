import type { Clock } from '../../domain/clock';
import type { Executions } from '../../domain/execution';
import type { Logger } from '../../domain/logger';
import type { ServiceConnection } from '../../domain/service';
import { ServiceError, type ServiceProblem } from '../../domain/service-error';
import type { AccountHandle } from '../../polling/account-handle';
import type { ExecutionStartRepository } from '../../storage/execution-starts';
import type { JobRepository } from '../../storage/jobs';

export interface ExecutionDeps {
  jobs: Pick<JobRepository, 'get'>;
  starts: ExecutionStartRepository;
  connection: (accountId: string) => ServiceConnection | null;
  watcher: { account(accountId: string): Pick<AccountHandle, 'adopt' | 'pollNow'> | null };
  clock: Clock;
  logger: Logger;
  /** Coins; what costs more is asked about. */
  confirmOverCoins: () => number;
  /** As last read; null where it was not. */
  balanceCoins: (accountId: string) => number | null;
  balanceRead: (accountId: string, balanceCoins: number | null) => void;
  /** Puts text on the clipboard; rejects where the system does not take it. */
  copy: (text: string) => Promise<void>;
  /** Asks the user where to, and saves; false when they changed their mind. */
  saveText: (proposedName: string, text: string) => Promise<boolean>;
}

/** What cannot be done, and why. */
export interface Trouble {
  problem: ServiceProblem;
  remoteText: string | null;
}

/** An account's executions, or why they cannot be reached. */
export function executionsOf(
  { connection }: Pick<ExecutionDeps, 'connection'>,
  accountId: string,
): Executions | Trouble {
  const connected = connection(accountId);
  if (!connected) return { problem: 'key-missing', remoteText: null };
  return connected.runs ?? { problem: 'rejected', remoteText: null };
}

/** The failure of a call to a service, in its terms. Throws anything else. */
export function troubleOf(thrown: unknown): Trouble {
  if (!(thrown instanceof ServiceError)) throw thrown;
  return { problem: thrown.problem, remoteText: thrown.remoteText };
}
