import type { RealtimeView } from '../../preload/contract';
import { KeyMissing, sessionTokenName, type Vault } from '../credentials/vault';
import type { Account, KeyPlace } from '../domain/account';
import { type Logger, reason } from '../domain/logger';
import type { RealtimeAddress, RealtimeChannel } from '../domain/realtime';
import type { ServiceModule } from '../domain/service';
import type { RealtimeClient } from '../services/realtime';
import type { AccountRepository } from '../storage/accounts';
import type { Watcher } from '../watch/watcher';
import type { Handlers } from './handlers';

export interface SessionTokenParts {
  accounts: Pick<AccountRepository, 'get'>;
  vault: Pick<Vault, 'save' | 'key' | 'remove'>;
  client: RealtimeClient;
  services: readonly ServiceModule[];
  baseUrlOf: (service: ServiceModule) => string;
  watcher: Pick<Watcher, 'hint'>;
  logger: Logger;
  publish: () => void;
}

/**
 * Session tokens, and the channels they open. Whatever a channel says is a hint to ask now; watching
 * goes on as ever without one.
 */
export function createSessionTokens(parts: SessionTokenParts) {
  const { vault, client, logger, publish } = parts;
  const channels = new Map<string, RealtimeChannel>();
  /** Where each token that was read or given is kept. */
  const places = new Map<string, KeyPlace>();

  function addressOf(
    account: Account,
  ): { service: ServiceModule; address: RealtimeAddress } | null {
    const service = parts.services.find(({ id }) => id === account.service);
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
      baseUrl: parts.baseUrlOf(to.service),
      address: to.address,
      token: () => vault.key(sessionTokenName(account.id), account.keyPlace),
      onHint: () => parts.watcher.hint(account.id),
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
      token = await vault.key(name, before ?? account.keyPlace);
      // It goes where the key went: one for this session must not leave a token behind.
      if (before !== undefined && before !== account.keyPlace) {
        await vault.save(name, token, account.keyPlace);
      }
    } catch (error) {
      if (!(error instanceof KeyMissing)) {
        logger.warn('no session token', { account: account.id, reason: reason(error) });
      }
      return;
    }
    // Removed meanwhile.
    if (!parts.accounts.get(account.id)) return;
    places.set(account.id, account.keyPlace);
    open(account);
  }

  async function forget(accountId: string): Promise<void> {
    close(accountId);
    places.delete(accountId);
    await vault.remove(sessionTokenName(accountId));
  }

  const handlers = {
    async 'account.setRealtimeToken'({ accountId, token }) {
      const account = parts.accounts.get(accountId);
      if (!account) throw new Error('unknown account');
      if (token === null) {
        await forget(accountId);
        publish();
        return { outcome: 'removed' };
      }
      if (!addressOf(account)) throw new Error('this service takes no token');
      try {
        await vault.save(sessionTokenName(accountId), token, account.keyPlace);
      } catch (error) {
        logger.error('the keychain refused the token', { reason: reason(error) });
        return { outcome: 'keychain-failed' };
      }
      places.set(accountId, account.keyPlace);
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
