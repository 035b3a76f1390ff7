import { randomUUID } from 'node:crypto';
import type {
  Account,
  AddAccountOutcome,
  KeychainRefusal,
  KeyLocation,
  NewAccount,
} from '../domain/account';
import { reason } from '../domain/logger';
import { NOTIFY_EVERYTHING } from '../domain/notification-rules';
import { StorageError } from '../domain/storage-error';
import type { AccountConnections } from './account-connections';
import type { AccountLookup } from './account-lookup';
import type { Balances } from './balances';
import { checkKey, withProfile } from './check-key';
import type { AccountRegistryDeps } from './deps';
import { keychainRefusal } from './keychain-failure';
import { secretOrigin } from './secret-origin';

/** Adds accounts with their keys, and replaces the keys of known accounts. */
export function createAddAccount(
  deps: AccountRegistryDeps,
  lookup: AccountLookup,
  connections: AccountConnections,
  { setBalance }: Balances,
) {
  const { store, apiKeys, clock, logger } = deps;

  /** Null once the key is saved. Throws StorageError if the store failed. */
  async function saveKey(
    { id, service: serviceId, keyLocation }: Account,
    key: string,
    isNew: boolean,
  ): Promise<KeychainRefusal | null> {
    deps.allowAsking();
    try {
      const service = lookup.service(serviceId);
      const { origin } = secretOrigin(service, deps.baseUrlOf(service));
      await apiKeys.save(id, key, keyLocation, origin);
      return null;
    } catch (error) {
      logger.error('the key was not saved', { reason: reason(error) });
      // In the keychain it may be all the same, if the store failed.
      if (isNew && error instanceof StorageError) await apiKeys.remove(id);
      return keychainRefusal(error);
    }
  }

  /** Checks the key, stores it unless the service refuses it, and takes over the service's profile. */
  async function admit(account: Account, key: string, isNew: boolean): Promise<AddAccountOutcome> {
    deps.announceSecret(key);
    const probe = connections.connect(account, async () => key);
    const { profile, problem, remoteText } = await checkKey(probe);
    if (problem === 'key-refused') return { outcome: 'key-refused', remoteText };
    // Before the key is touched: where nothing can be stored, the old key must stay the one in use.
    const before = isNew ? null : store.get(account.id);
    if (before) store.save(before);
    const refusal = await saveKey(account, key, isNew);
    if (refusal) return refusal;
    // The user may have renamed the account or chosen a brand during the check: that stays.
    const current = isNew ? account : store.get(account.id);
    if (!current) {
      await apiKeys.remove(account.id);
      throw new Error('the account was removed meanwhile');
    }
    const withKey = { ...current, keyLocation: account.keyLocation };
    const saved = profile ? withProfile(withKey, profile) : withKey;
    try {
      store.save(saved);
    } catch (error) {
      // Nobody would ever delete the key of an account that was not stored.
      if (isNew) await apiKeys.remove(account.id);
      throw error;
    }
    setBalance(account.id, profile?.balanceCoins ?? null);
    await connections.start(saved);
    logger.info(isNew ? 'account added' : 'key replaced', {
      account: account.id,
      service: account.service,
      problem,
    });
    return { outcome: 'added', accountId: account.id, problem, remoteText };
  }

  return {
    async add({ key, ...entered }: NewAccount): Promise<AddAccountOutcome> {
      const service = lookup.service(entered.service);
      const account: Account = {
        id: randomUUID(),
        service: service.id,
        name: entered.name,
        keyHeader: service.keyHeaders.includes(entered.keyHeader)
          ? entered.keyHeader
          : service.keyHeaders[0],
        keyLocation: entered.keyLocation,
        brands: [],
        brandId: null,
        addedAtMs: clock.nowMs(),
        pace: 'balanced',
        notificationRules: NOTIFY_EVERYTHING,
      };
      return admit(account, key, true);
    },

    async replaceKey(
      accountId: string,
      key: string,
      keyLocation: KeyLocation,
    ): Promise<AddAccountOutcome> {
      return admit({ ...lookup.account(accountId), keyLocation }, key, false);
    },
  };
}
