import type { Account, KeychainRefusal, KeyLocation } from '../domain/account';
import type { Clock } from '../domain/clock';
import { delay } from '../domain/delay';
import type {
  LiveChannel,
  LiveChannelClient,
  LiveChannelState,
  RealtimeAddress,
} from '../domain/live-channel';
import { type Logger, reason } from '../domain/logger';
import type { ServiceModule } from '../domain/service';
import type { ChangeFeed } from '../events';
import { type ApiKeyStore, KeyMissing, sessionTokenName } from './api-key-store';
import { keychainRefusal } from './keychain-failure';
import { type SecretOrigin, secretOrigin } from './secret-origin';

/** How long the quit waits for the keychain, which may be asking its user something. */
const CLOSE_GRACE_MS = 2_000;

interface SessionTokenDeps {
  accounts: { get(accountId: string): Account | null };
  apiKeys: Pick<ApiKeyStore, 'save' | 'key' | 'remove'>;
  allowAsking: () => void;
  client: LiveChannelClient;
  services: readonly ServiceModule[];
  baseUrlOf: (service: ServiceModule) => string;
  feed: ChangeFeed;
  clock: Clock;
  logger: Logger;
}

/**
 * Session tokens, and the live channels that they open. Whatever a channel says is only a hint to
 * poll now: polling works without one. A channel is opened once its account is connected; when the
 * account is removed, it is closed and its token deleted. Emits `liveChannel` and `liveHint`.
 */
export function createSessionTokens(deps: SessionTokenDeps) {
  const { accounts, apiKeys, client, feed, clock, logger } = deps;
  const channels = new Map<string, LiveChannel>();
  /** Where each known token is stored. */
  const locations = new Map<string, KeyLocation>();
  let isClosed = false;

  /** Where the account's channel is opened; null if the service takes no token. */
  function realtimeOf(
    account: Account,
  ): { baseUrl: string; origin: SecretOrigin; address: RealtimeAddress } | null {
    const service = deps.services.find(({ id }) => id === account.service);
    if (!service?.realtime) return null;
    const baseUrl = deps.baseUrlOf(service);
    return { baseUrl, origin: secretOrigin(service, baseUrl), address: service.realtime };
  }

  function closeChannel(accountId: string): void {
    channels.get(accountId)?.close();
    channels.delete(accountId);
  }

  function openChannel(account: Account): void {
    const realtime = realtimeOf(account);
    if (!realtime) return;
    closeChannel(account.id);
    const channel = client.open({
      baseUrl: realtime.baseUrl,
      address: realtime.address,
      token: () => apiKeys.key(sessionTokenName(account.id), account.keyLocation, realtime.origin),
      onHint: () => feed.emit('liveHint', { accountId: account.id }),
      onState(state) {
        logger.info('live channel', { account: account.id, state });
        feed.emit('liveChannel', { accountId: account.id });
      },
    });
    channels.set(account.id, channel);
  }

  /** Opens the account's channel if it has a token. */
  async function openIfToken(account: Account): Promise<void> {
    const origin = realtimeOf(account)?.origin;
    if (!origin) return;
    const name = sessionTokenName(account.id);
    const before = locations.get(account.id);
    try {
      const token = await apiKeys.key(name, before ?? account.keyLocation, origin);
      // The token moves with the key: a key for this session only must not leave a token behind.
      if (before !== undefined && before !== account.keyLocation) {
        await apiKeys.save(name, token, account.keyLocation, origin.origin);
      }
    } catch (error) {
      if (!(error instanceof KeyMissing)) {
        logger.warn('no session token', { account: account.id, reason: reason(error) });
      }
      return;
    }
    // The app was quit, or the account removed, in the meantime.
    if (isClosed || !accounts.get(account.id)) return;
    locations.set(account.id, account.keyLocation);
    openChannel(account);
  }

  async function remove(accountId: string): Promise<void> {
    closeChannel(accountId);
    locations.delete(accountId);
    await apiKeys.remove(sessionTokenName(accountId));
  }

  /** Not awaited by whoever caused it, but by the quit: a token should not stay behind in a keychain. */
  const pending = new Set<Promise<void>>();
  function logged(what: string, work: Promise<void>): void {
    const done = work
      .catch((error) => logger.error(what, { reason: reason(error) }))
      .finally(() => pending.delete(done));
    pending.add(done);
  }

  const stopListening = [
    feed.on('connection', ({ accountId, isConnected }) => {
      const account = isConnected ? accounts.get(accountId) : null;
      if (account) logged('no live channel', openIfToken(account));
    }),
    feed.on('accounts', ({ accountId, isRemoved }) => {
      if (isRemoved) logged('session token not deleted', remove(accountId));
    }),
    feed.on('certificates', () => {
      for (const channel of channels.values()) channel.restart();
    }),
    feed.on('connectivity', ({ kind }) => {
      // The connections are dead even if they still look open.
      if (kind !== 'resumed') return;
      for (const channel of channels.values()) channel.restart();
    }),
  ];

  return {
    /**
     * Stores a token where the account's key is, and opens the channel; null deletes the token. Throws
     * if the account does not exist, or its service takes no token.
     */
    async setSessionToken(
      accountId: string,
      token: string | null,
    ): Promise<{ outcome: 'set' | 'removed' } | KeychainRefusal> {
      const account = accounts.get(accountId);
      if (!account) throw new Error('unknown account');
      if (token === null) {
        await remove(accountId);
        feed.emit('liveChannel', { accountId });
        return { outcome: 'removed' };
      }
      const realtime = realtimeOf(account);
      if (!realtime) throw new Error('this service takes no token');
      const { origin } = realtime.origin;
      deps.allowAsking();
      try {
        await apiKeys.save(sessionTokenName(accountId), token, account.keyLocation, origin);
      } catch (error) {
        logger.error('the token was not saved', { reason: reason(error) });
        return keychainRefusal(error);
      }
      locations.set(accountId, account.keyLocation);
      openChannel(account);
      feed.emit('liveChannel', { accountId });
      return { outcome: 'set' };
    },

    /** State of the account's live channel; null without a token. */
    liveChannel: (accountId: string): LiveChannelState | null =>
      channels.get(accountId)?.state ?? null,

    /**
     * Closes all channels. Resolves within a few seconds: what the keychain did not do until then is done
     * after the next start.
     */
    async close(): Promise<void> {
      isClosed = true;
      for (const stop of stopListening) stop();
      for (const id of [...channels.keys()]) closeChannel(id);
      const inTime = new AbortController();
      void Promise.all(pending).then(() => inTime.abort());
      await delay(clock, CLOSE_GRACE_MS, inTime.signal);
      await client.close();
    },
  };
}

export type SessionTokens = ReturnType<typeof createSessionTokens>;
