import type { Account, KeyProblem } from '../domain/account';
import { reason } from '../domain/logger';
import type { ServiceConnection } from '../domain/service';
import type { AccountLookup } from './account-lookup';
import { KeychainSilent, KeyForOtherOrigin } from './api-key-store';
import type { AccountRegistryDeps } from './deps';
import { createKeychainRetry } from './keychain-retry';
import { secretOrigin } from './secret-origin';

/** What an error of the key store means for the account. */
function keyProblemOf(error: unknown): KeyProblem {
  if (error instanceof KeychainSilent) return 'keychain-silent';
  return error instanceof KeyForOtherOrigin ? 'other-address' : 'key-missing';
}

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
    const key = () => apiKeys.key(account.id, account.keyLocation, origin);
    const problem = await key().then(() => null, keyProblemOf);
    // The account was removed while the user was asked to unlock the keychain.
    if (!store.get(account.id)) return;
    if (problem === null) {
      keyProblems.delete(account.id);
      const connection = connect(account, key);
      connections.set(account.id, connection);
      polling.start(account, service, connection);
    } else {
      keyProblems.set(account.id, problem);
      connections.delete(account.id);
      polling.stop(account.id);
      logger.warn('account waits for its key', { account: account.id, waitsFor: problem });
      if (problem === 'keychain-silent') keychainRetry.later();
    }
    feed.emit('connection', { accountId: account.id, isConnected: problem === null });
  }

  /** Tries the keychain again for every account that it gave no answer for. */
  function retryKeys(): void {
    for (const account of lookup.all()) {
      if (keyProblems.get(account.id) !== 'keychain-silent') continue;
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
