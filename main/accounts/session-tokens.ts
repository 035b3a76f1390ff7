import type { RealtimeView } from '../../preload/contract';
import type { Handlers } from '../commands/handlers';
import type { Account, KeyLocation } from '../domain/account';
import { type Logger, reason } from '../domain/logger';
import type { RealtimeAddress, RealtimeChannel } from '../domain/realtime';
import type { ServiceModule } from '../domain/service';
import type { RealtimeClient } from '../http/realtime-client';
import type { AccountRepository } from '../storage/accounts';
import { type ApiKeyStore, KeyMissing, sessionTokenName } from './api-key-store';

export interface SessionTokenDeps {
  accounts: Pick<AccountRepository, 'get'>;
  apiKeys: Pick<ApiKeyStore, 'save' | 'key' | 'remove'>;
  client: RealtimeClient;
  services: readonly ServiceModule[];
  baseUrlOf: (service: ServiceModule) => string;
  /** The polling of the accounts; null for one that is not polled. */
  watcher: { account(accountId: string): { hint(): void } | null };
  logger: Logger;
  publish: () => void;
}

/**
 * Session tokens, and the channels they open. Whatever a channel says is a hint to ask now; watching
 * goes on as ever without one.
 */
export function createSessionTokens(deps: SessionTokenDeps) {
  const { apiKeys, client, logger, publish } = deps;
  const channels = new Map<string, RealtimeChannel>();
  /** Where each token that was read or given is kept. */
  const places = new Map<string, KeyLocation>();

  function addressOf(
    account: Account,
  ): { service: ServiceModule; address: RealtimeAddress } | null {
    const service = deps.services.find(({ id }) => id === account.service);
    return service?.realtime ? { service, address: service.realtime } : null;
  }

  function close(accountId: string): void {
    channels.get(accountId)?.close();
    channels.delete(accountId);
  }

  function open(account: Account): void {
    const to = addressOf(account);
    if (!to) return;
    close(account.id);
    const channel = client.open({
      baseUrl: deps.baseUrlOf(to.service),
      address: to.address,
      token: () => apiKeys.key(sessionTokenName(account.id), account.keyLocation),
      onHint: () => deps.watcher.account(account.id)?.hint(),
      onState(state) {
        logger.info('realtime', { account: account.id, state });
        publish();
      },
    });
    channels.set(account.id, channel);
  }

  async function follow(account: Account): Promise<void> {
    if (!addressOf(account)) return;
    const name = sessionTokenName(account.id);
    const before = places.get(account.id);
    let token: string;
    try {
      token = await apiKeys.key(name, before ?? account.keyLocation);
      // It goes where the key went: one for this session must not leave a token behind.
      if (before !== undefined && before !== account.keyLocation) {
        await apiKeys.save(name, token, account.keyLocation);
      }
    } catch (error) {
      if (!(error instanceof KeyMissing)) {
        logger.warn('no session token', { account: account.id, reason: reason(error) });
      }
      return;
    }
    // Removed meanwhile.
    if (!deps.accounts.get(account.id)) return;
    places.set(account.id, account.keyLocation);
    open(account);
  }

  async function forget(accountId: string): Promise<void> {
    close(accountId);
    places.delete(accountId);
    await apiKeys.remove(sessionTokenName(accountId));
  }

  const handlers = {
    async 'account.setRealtimeToken'({ accountId, token }) {
      const account = deps.accounts.get(accountId);
      if (!account) throw new Error('unknown account');
      if (token === null) {
        await forget(accountId);
        publish();
        return { outcome: 'removed' };
      }
      if (!addressOf(account)) throw new Error('this service takes no token');
      try {
        await apiKeys.save(sessionTokenName(accountId), token, account.keyLocation);
      } catch (error) {
        logger.error('the keychain refused the token', { reason: reason(error) });
        return { outcome: 'keychain-failed' };
      }
      places.set(accountId, account.keyLocation);
      open(account);
      publish();
      return { outcome: 'set' };
    },
  } satisfies Partial<Handlers>;

  return {
    handlers,
    /** Opens the account's channel where it has a token. Never throws. */
    follow,
    /** Closes the channel and forgets the token. */
    forget,
    /** After a wake or a change of the network the connections are dead. */
    restart(): void {
      for (const channel of channels.values()) channel.restart();
    },
    async close(): Promise<void> {
      for (const id of [...channels.keys()]) close(id);
      await client.close();
    },
    /** Null without a token. */
    state: (accountId: string): RealtimeView => channels.get(accountId)?.state ?? null,
  };
}

export type SessionTokens = ReturnType<typeof createSessionTokens>;
