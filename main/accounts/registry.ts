import type { Account, AccountLiveState, CheckOutcome } from '../domain/account';
import type { UploadRemote } from '../domain/service';
import { createAccountChanges } from './account-changes';
import { createAccountConnections } from './account-connections';
import { createAccountLookup } from './account-lookup';
import { createAddAccount } from './add-account';
import { createBalances } from './balances';
import { checkKey, withProfile } from './check-key';
import type { AccountRegistryDeps } from './deps';
import { removeAccount } from './remove-account';

/**
 * Which accounts exist, and how each is connected to its service. Emits `connection` once it is known
 * whether calls can be made for an account, and `balance`; the store emits `accounts`.
 */
export function createAccountRegistry(deps: AccountRegistryDeps) {
  const { store, services, polling } = deps;
  const lookup = createAccountLookup(deps);
  const connections = createAccountConnections(deps, lookup);
  const balances = createBalances(deps.feed, connections.connection);
  const { balance, setBalance, readBalance, credits } = balances;

  /** Checks the account's key with its service, and takes over the profile. */
  async function check(accountId: string): Promise<CheckOutcome> {
    const account = lookup.account(accountId);
    const connection = connections.connection(accountId);
    if (!connection) {
      deps.allowAsking();
      await connections.start(account);
      // Whoever unlocked the keychain for this one did it for all.
      connections.retryKeys();
      const problem = connections.keyProblem(accountId);
      return problem ? { problem, remoteText: null } : check(accountId);
    }
    const { profile, ...outcome } = await checkKey(connection);
    if (profile) {
      store.save(withProfile(lookup.account(accountId), profile));
      setBalance(accountId, profile.balanceCoins);
      polling.pollNow(accountId);
    }
    return outcome;
  }

  return {
    ...createAddAccount(deps, lookup, connections, balances),
    ...createAccountChanges(deps, lookup, connections),
    check,
    remove: (accountId: string) => removeAccount(accountId, deps, connections, balances),

    /** Connects all accounts. Takes as long as it takes the user to unlock the keychain. */
    startAll: async (): Promise<void> => {
      await Promise.all(lookup.all().map(connections.start));
    },
    retryKeys: connections.retryKeys,
    /** Null while the account's key is missing or cannot be read. */
    connection: connections.connection,
    connectionToCall: connections.connectionToCall,
    live: (accountId: string): AccountLiveState => ({
      waitsFor: connections.keyProblem(accountId),
      balanceCoins: balance(accountId),
    }),
    balance,
    setBalance,
    readBalance,
    credits,
    /** The service's name; empty for an account or a service that is not known. */
    serviceName(accountId: string): string {
      const account = store.get(accountId);
      return services.find(({ id }) => id === account?.service)?.name ?? '';
    },
    /** Accounts that take uploads, in the order in which they were added. */
    uploadTargets: (): Account[] =>
      lookup.all().filter((account) => lookup.service(account.service).acceptsUploads),
    /**
     * Where an account's uploads go. `not-yet` while it is being connected; null when it is gone, waits
     * for its key, or takes no uploads.
     */
    uploadRemote: (accountId: string): UploadRemote | 'not-yet' | null =>
      connections.isStarting(accountId)
        ? 'not-yet'
        : (connections.connection(accountId)?.uploads ?? null),
    /** Stops retrying keychains. */
    close: connections.close,
  };
}

export type AccountRegistry = ReturnType<typeof createAccountRegistry>;
