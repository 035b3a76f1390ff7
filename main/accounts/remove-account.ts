import { setImmediate as nextTurn } from 'node:timers/promises';
import type { AccountConnections } from './account-connections';
import type { Balances } from './balances';
import type { AccountRegistryDeps } from './deps';

/** Jobs that are deleted in one go: about 10 ms. */
const JOBS_AT_ONCE = 100;

/** Removes an account with everything that is kept about it, its key included. */
export async function removeAccount(
  accountId: string,
  { store, apiKeys }: Pick<AccountRegistryDeps, 'store' | 'apiKeys'>,
  connections: Pick<AccountConnections, 'stop'>,
  balances: Pick<Balances, 'forgetBalance'>,
): Promise<void> {
  connections.stop(accountId);
  // All in one go, a history of 25,000 jobs would hold up everything else for seconds.
  while (store.deleteJobs(accountId, JOBS_AT_ONCE)) await nextTurn();
  // In the meantime its key may have been tried again.
  connections.stop(accountId);
  balances.forgetBalance(accountId);
  store.remove(accountId);
  // Last: an account must be removable when the keychain does not answer.
  await apiKeys.remove(accountId);
}
