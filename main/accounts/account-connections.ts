import type { Account, KeyProblem } from '../domain/account';
import { reason } from '../domain/logger';
import type { ServiceConnection } from '../domain/service';
import { ServiceError } from '../domain/service-error';
import type { AccountLookup } from './account-lookup';
import { KeyForOtherOrigin } from './api-key-store';
import type { AccountRegistryDeps } from './deps';
import { KeychainFailure } from './keychain-failure';
import { createKeychainRetry } from './keychain-retry';
import { secretOrigin } from './secret-origin';

/** What an error of the key store means for the account. */
function keyProblemOf(error: unknown): KeyProblem {
  if (error instanceof KeychainFailure) {
    return error.kind === 'locked' ? 'keychain-locked' : 'keychain-silent';
  }
  return error instanceof KeyForOtherOrigin ? 'other-address' : 'key-missing';
}

/** Problems that may end without the user changing anything here. */
const isAboutKeychain = (problem: KeyProblem | null) =>
  problem === 'keychain-locked' || problem === 'keychain-silent';

/** The connections of accounts to their services, and why an account has none. */
export function createAccountConnections(deps: AccountRegistryDeps, lookup: AccountLookup) {
  const { store, apiKeys, polling, feed, logger } = deps;
  const connections = new Map<string, ServiceConnection>();
  const keyProblems = new Map<string, KeyProblem>();
  const keychainRetry = createKeychainRetry(deps, retryKeys);

  /** A connection that reads the key afresh for each call. */
  function connect(account: Account, key: () => Promise<string>): ServiceConnection {
    const service = lookup.service(account.service);
    return service.connect(deps.client, {
      accountId: account.id,
      baseUrl: deps.baseUrlOf(service),
      keyHeader: account.keyHeader,
      key,
    });
  }

  /** Connects and polls the account. Without its key it waits for the user to enter it again. */
  async function start(account: Account): Promise<void> {
    const service = lookup.service(account.service);
    const origin = secretOrigin(service, deps.baseUrlOf(service));
    const read = ({ id, keyLocation }: Account) => apiKeys.key(id, keyLocation, origin);
    const problem = await read(account).then(() => null, keyProblemOf);
    // The account may have been changed or removed while the user was asked to unlock the keychain.
    const current = store.get(account.id);
    if (!current) return;
    const key = () =>
      read(current).catch((error) => {
        throw new ServiceError(keyProblemOf(error));
      });
    if (problem === null) {
      keyProblems.delete(account.id);
      const connection = connect(current, key);
      connections.set(account.id, connection);
      polling.start(current, service, connection);
    } else {
      const before = keyProblems.get(account.id);
      keyProblems.set(account.id, problem);
      connections.delete(account.id);
      polling.stop(account.id);
      if (problem === 'keychain-silent') keychainRetry.later();
      // A keychain that is locked is looked at every few seconds.
      if (problem === before) return;
      logger.warn('account waits for its key', { account: account.id, waitsFor: problem });
    }
    feed.emit('connection', { accountId: account.id, isConnected: problem === null });
  }

  /** Tries the keychain again for every account whose key it did not hand over. Asks the user nothing. */
  function retryKeys(): void {
    for (const account of lookup.all()) {
      if (!isAboutKeychain(keyProblems.get(account.id) ?? null)) continue;
      start(account).catch((error) =>
        logger.error('account not started', { reason: reason(error) }),
      );
    }
  }

  return {
    connect,
    start,
    retryKeys,
    stop(accountId: string): void {
      polling.stop(accountId);
      connections.delete(accountId);
      keyProblems.delete(accountId);
    },
    connection: (accountId: string): ServiceConnection | null => connections.get(accountId) ?? null,
    /** As `connection`, but while the account waits for its key, each call says what it waits for. */
    connectionToCall(accountId: string): ServiceConnection | null {
      const problem = keyProblems.get(accountId);
      const account = problem ? store.get(accountId) : null;
      if (!problem || !account) return connections.get(accountId) ?? null;
      return connect(account, () => Promise.reject(new ServiceError(problem)));
    },
    /** Why the account is not polled; null while it is, or while its key is being read. */
    keyProblem: (accountId: string): KeyProblem | null => keyProblems.get(accountId) ?? null,
    /** Whether its key is still being read: nothing is known about the account until then. */
    isStarting: (accountId: string): boolean =>
      !connections.has(accountId) &&
      !keyProblems.has(accountId) &&
      lookup.all().some(({ id }) => id === accountId),
    close: keychainRetry.close,
  };
}

export type AccountConnections = ReturnType<typeof createAccountConnections>;
