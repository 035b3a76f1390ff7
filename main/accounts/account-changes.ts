import type { KeyHeader } from '../domain/account';
import type { NotificationRulesChange } from '../domain/notification-rules';
import type { PollingPace } from '../domain/polling-pace';
import type { AccountConnections } from './account-connections';
import type { AccountLookup } from './account-lookup';
import type { AccountRegistryDeps } from './deps';

/** What a user changes about an account. Each throws for an account that does not exist. */
export function createAccountChanges(
  { store, polling }: Pick<AccountRegistryDeps, 'store' | 'polling'>,
  lookup: AccountLookup,
  connections: Pick<AccountConnections, 'start'>,
) {
  return {
    rename(accountId: string, name: string): void {
      store.save({ ...lookup.account(accountId), name });
    },

    /** Throws for a brand that the account does not have. */
    setBrand(accountId: string, brandId: string): void {
      const account = lookup.account(accountId);
      if (!account.brands.some(({ id }) => id === brandId)) throw new Error('unknown brand');
      store.save({ ...account, brandId });
    },

    setPace(accountId: string, pace: PollingPace): void {
      store.save({ ...lookup.account(accountId), pace });
      polling.setPace(accountId, pace);
    },

    /** Takes only what changed: a window that lags behind must not put the rest back. */
    setNotificationRules(accountId: string, change: NotificationRulesChange): void {
      const account = lookup.account(accountId);
      const { kinds, sound } = account.notificationRules;
      const notificationRules = {
        kinds: { ...kinds, ...change.kinds },
        sound: change.sound ?? sound,
      };
      store.save({ ...account, notificationRules });
    },

    /** Throws for a header that the service does not take. */
    async setKeyHeader(accountId: string, keyHeader: KeyHeader): Promise<void> {
      const account = lookup.account(accountId);
      if (!lookup.service(account.service).keyHeaders.includes(keyHeader)) {
        throw new Error('no such header');
      }
      const changed = { ...account, keyHeader };
      store.save(changed);
      await connections.start(changed);
    },
  };
}
