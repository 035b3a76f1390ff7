import type { Account } from '../domain/account';
import type { Clock } from '../domain/clock';
import type { Logger } from '../domain/logger';
import type { PollingPace } from '../domain/polling-pace';
import type { JsonClient, ServiceConnection, ServiceModule } from '../domain/service';
import type { ChangeFeed } from '../events';
import type { ApiKeyStore } from './api-key-store';

/** Accounts without their keys. Emits `accounts` whenever one is saved or removed. */
interface AccountStore {
  /** In the order in which they were added. */
  all(): Account[];
  get(accountId: string): Account | null;
  save(account: Account): void;
  /** Deletes at most `limit` of the account's jobs. True when more are left. */
  deleteJobs(accountId: string, limit: number): boolean;
  /** Removes the account with everything that is stored about it. */
  remove(accountId: string): void;
}

/** What accounts need of polling. */
interface AccountPolling {
  /** Begins to poll an account, or begins again with whatever has changed about it. */
  start(account: Account, service: ServiceModule, connection: ServiceConnection): void;
  stop(accountId: string): void;
  setPace(accountId: string, pace: PollingPace): void;
  pollNow(accountId: string): void;
}

export interface AccountRegistryDeps {
  store: AccountStore;
  apiKeys: ApiKeyStore;
  /** The user is at work: the keychain may ask for its password, even if that was dismissed before. */
  allowAsking: () => void;
  client: JsonClient;
  services: readonly ServiceModule[];
  baseUrlOf: (service: ServiceModule) => string;
  polling: AccountPolling;
  feed: ChangeFeed;
  clock: Clock;
  logger: Logger;
  /** Keeps a key out of the log. Called before anything else is done with it. */
  announceSecret: (key: string) => void;
}
