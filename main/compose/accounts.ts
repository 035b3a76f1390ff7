import { createApiKeyStore } from '../accounts/api-key-store';
import { osKeychain } from '../accounts/os-keychain';
import { createAccountRegistry } from '../accounts/registry';
import { createSessionTokens } from '../accounts/session-tokens';
import type { PollingService } from '../polling/polling-service';
import type { Foundation } from './foundation';
import type { Network } from './network';

/** The accounts with their keys, connections and live channels. */
export function composeAccounts(foundation: Foundation, network: Network, polling: PollingService) {
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
      start: polling.start,
      stop: polling.stop,
      setPace: (accountId, pace) => polling.account(accountId)?.setPace(pace),
      pollNow: (accountId) => polling.account(accountId)?.pollNow(),
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
    feed,
    logger: log,
  });
  return { apiKeys, registry, sessionTokens };
}

export type AccountServices = ReturnType<typeof composeAccounts>;
