import { join } from 'node:path';
import { createApiKeyStore } from '../accounts/api-key-store';
import { createKeychainAccess } from '../accounts/keychain-access';
import { callKeytar, KEYCHAIN_SERVICE } from '../accounts/keytar-call';
import { osKeychain } from '../accounts/os-keychain';
import { createAccountRegistry } from '../accounts/registry';
import { createSessionTokens } from '../accounts/session-tokens';
import { answerOfProcess } from '../desktop/system/one-answer-process';
import { createSecretService } from '../desktop/system/secret-service';
import type { PollingService } from '../polling/polling-service';
import type { Foundation } from './foundation';
import type { Network } from './network';

/** The accounts with their keys, connections and live channels. */
export function composeAccounts(foundation: Foundation, network: Network, polling: PollingService) {
  const { platform, feed, storage, clock, log, announceSecret, sessionBus } = foundation;
  const { services, baseUrlOf } = network;
  const watcher =
    platform === 'linux'
      ? createSecretService(sessionBus, { service: KEYCHAIN_SERVICE, logger: log })
      : null;
  const keychainProgram = join(import.meta.dirname, 'keychain-call.js');
  const keychain = createKeychainAccess({
    keychain: osKeychain({
      callHere: callKeytar,
      keyring: watcher && {
        timesGone: watcher.timesGone,
        callApart: (call) => answerOfProcess(keychainProgram, call),
      },
    }),
    watcher,
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
