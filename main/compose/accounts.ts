import { createApiKeyStore } from '../accounts/api-key-store';
import { osKeychain } from '../accounts/os-keychain';
import { createAccountRegistry } from '../accounts/registry';
import { createSessionTokens } from '../accounts/session-tokens';
import type { Watcher } from '../polling/watcher';
import type { Foundation } from './foundation';
import type { Network } from './network';

/** The accounts with their keys, connections and live channels. */
export function composeAccounts(foundation: Foundation, network: Network, watcher: Watcher) {
  const { feed, storage, clock, log, announceSecret } = foundation;
  const { services, baseUrlOf } = network;
  const apiKeys = createApiKeyStore(osKeychain(), log, announceSecret);
  const registry = createAccountRegistry({
    store: storage.accounts,
    apiKeys,
    client: network.jsonClient,
    services,
    baseUrlOf,
    polling: {
      start: watcher.start,
      stop: watcher.stop,
      setPace: (accountId, pace) => watcher.account(accountId)?.setPace(pace),
      pollNow: (accountId) => watcher.account(accountId)?.pollNow(),
    },
    clock,
    feed,
    logger: log,
    announceSecret,
  });
  const sessionTokens = createSessionTokens({
    accounts: storage.accounts,
    apiKeys,
    client: network.realtimeClient,
    services,
    baseUrlOf,
    hint: (accountId) => watcher.account(accountId)?.hint(),
    feed,
    logger: log,
  });
  return { apiKeys, registry, sessionTokens };
}

export type AccountServices = ReturnType<typeof composeAccounts>;
