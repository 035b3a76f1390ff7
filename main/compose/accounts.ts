import { createApiKeyStore } from '../accounts/api-key-store';
import { createKeychainAccess } from '../accounts/keychain-access';
import { KEYCHAIN_SERVICE, osKeychain } from '../accounts/os-keychain';
import { createAccountRegistry } from '../accounts/registry';
import { createSessionTokens } from '../accounts/session-tokens';
import { createSecretService } from '../desktop/system/secret-service';
import type { PollingService } from '../polling/polling-service';
import type { Foundation } from './foundation';
import type { Network } from './network';

/** The accounts with their keys, connections and live channels. */
export function composeAccounts(foundation: Foundation, network: Network, polling: PollingService) {
  const { platform, feed, storage, clock, log, announceSecret, sessionBus } = foundation;
  const { services, baseUrlOf } = network;
  const keychain = createKeychainAccess({
    keychain: osKeychain(),
    watcher:
      platform === 'linux'
        ? createSecretService(sessionBus, { service: KEYCHAIN_SERVICE, logger: log })
        : null,
    ...{ feed, clock, logger: log },
  });
  const apiKeys = createApiKeyStore(keychain, storage.keychainRemovals, log, announceSecret);
  feed.on('keychainChecked', () => {
    if (keychain.state() === 'ready') void apiKeys.removeLater();
  });
  const { allowAsking } = keychain;
  const registry = createAccountRegistry({
    store: storage.accounts,
    apiKeys,
    allowAsking,
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
    allowAsking,
    client: network.realtimeClient,
    services,
    baseUrlOf,
    feed,
    clock,
    logger: log,
  });
  return { keychain, registry, sessionTokens };
}

export type AccountServices = ReturnType<typeof composeAccounts>;
