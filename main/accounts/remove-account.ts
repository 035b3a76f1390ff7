import { setImmediate as nextTurn } from 'node:timers/promises';
import type { AccountConnections } from './account-connections';
import type { Balances } from './balances';
import type { AccountRegistryDeps } from './deps';

/** Jobs deleted in one transaction, which takes about 10 ms. */
const BATCH_JOBS = 100;

/** Removes an account with everything that is stored about it, its key included. */
export async function removeAccount(
  accountId: string,
  { store, apiKeys }: Pick<AccountRegistryDeps, 'store' | 'apiKeys'>,
  connections: Pick<AccountConnections, 'stop' | 'start'>,
  balances: Pick<Balances, 'forgetBalance'>,
): Promise<void> {
  connections.stop(accountId);
  try {
    // In one transaction, a history of 25,000 jobs would block everything else for seconds.
    while (store.deleteJobs(accountId, BATCH_JOBS)) await nextTurn();
    // The keychain may have been retried in the meantime, which connects the account again.
    connections.stop(accountId);
    store.remove(accountId);
  } catch (error) {
    // The account is still there, and must not stay unwatched until the next start.
    const account = store.get(accountId);
    if (account) await connections.start(account);
    throw error;
  }
  balances.forgetBalance(accountId);
  // Last: an account must be removable even when the keychain does not answer.
  await apiKeys.remove(accountId);
}
