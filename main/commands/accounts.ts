import type { AccountRegistry } from '../accounts/registry';
import type { SessionTokens } from '../accounts/session-tokens';
import type { Handlers } from './handlers';

interface AccountCommandDeps {
  accounts: AccountRegistry;
  sessionTokens: Pick<SessionTokens, 'setSessionToken'>;
  /** Cancels every upload of the account, at its service too. */
  cancelUploads: (accountId: string) => Promise<void>;
  /** Cancels every download of the account's results. */
  cancelDownloads: (accountId: string) => Promise<void>;
}

/** The verbs about accounts. */
export function createAccountCommands(deps: AccountCommandDeps) {
  const { accounts, sessionTokens } = deps;
  return {
    'account.add': (account) => accounts.add(account),
    'account.replaceKey': ({ accountId, key, keyLocation }) =>
      accounts.replaceKey(accountId, key, keyLocation),
    'account.check': ({ accountId }) => accounts.check(accountId),
    'account.rename'({ accountId, name }) {
      accounts.rename(accountId, name);
      return null;
    },
    'account.setBrand'({ accountId, brandId }) {
      accounts.setBrand(accountId, brandId);
      return null;
    },
    'account.setPace'({ accountId, pace }) {
      accounts.setPace(accountId, pace);
      return null;
    },
    'account.setNotificationRules'({ accountId, change }) {
      accounts.setNotificationRules(accountId, change);
      return null;
    },
    async 'account.setKeyHeader'({ accountId, keyHeader }) {
      await accounts.setKeyHeader(accountId, keyHeader);
      return null;
    },
    'account.setSessionToken': ({ accountId, token }) =>
      sessionTokens.setSessionToken(accountId, token),
    'account.credits': ({ accountId }) => accounts.credits(accountId),
    async 'account.remove'({ accountId }) {
      // First, while there is still a key to abort them with at the service.
      await deps.cancelUploads(accountId);
      await deps.cancelDownloads(accountId);
      // Its session token is deleted when the feed reports the removal.
      await accounts.remove(accountId);
      return null;
    },
  } satisfies Partial<Handlers>;
}
