import { randomUUID } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { AddAccountOutcome, CheckOutcome } from '../../preload/contract';
import type { Handlers } from '../commands/handlers';
import type { Account, Profile } from '../domain/account';
import type { Clock } from '../domain/clock';
import { type Logger, reason } from '../domain/logger';
import { NOTIFY_EVERYTHING } from '../domain/notification-rules';
import type { JsonClient, ServiceConnection, ServiceModule } from '../domain/service';
import { ServiceError, type ServiceProblem } from '../domain/service-error';
import type { Watcher } from '../polling/watcher';
import type { AccountRepository } from '../storage/accounts';
import { type ApiKeyStore, KeychainSilent } from './api-key-store';

/** What is known of an account beyond what is stored; forgotten at quit. */
export interface AccountLive {
  /** Why it is not watched, or null. */
  waitsFor: 'key-missing' | 'keychain-silent' | null;
  balanceCoins: number | null;
}

/** Jobs that go at once with their account: about 10 ms. */
const FORGOTTEN_AT_ONCE = 100;

const NEW: AccountLive = { waitsFor: null, balanceCoins: null };

export interface AccountRegistryDeps {
  accounts: AccountRepository;
  apiKeys: ApiKeyStore;
  client: JsonClient;
  services: readonly ServiceModule[];
  baseUrlOf: (service: ServiceModule) => string;
  watcher: Watcher;
  clock: Clock;
  logger: Logger;
  cancelUploadsOf: (accountId: string) => Promise<void>;
  /** The account is connected, anew or again. */
  onConnected: (account: Account) => void;
  /** Forgets what else is kept of an account that is removed. */
  forgetSecrets: (accountId: string) => Promise<void>;
  /** It is known from now on whether the account can be spoken for. */
  onStarted: () => void;
  /** A key that must not be logged, before anything is done with it. */
  announceSecret: (key: string) => void;
  publish: () => void;
}

/** How long to wait before a keychain that did not answer is asked again. */
const KEYCHAIN_RETRY_MS = 60_000;

type Checked =
  | { profile: Profile; problem: null; remoteText: null }
  | { profile: null; problem: ServiceProblem; remoteText: string | null };

/** Accounts: their keys, their connections to the services, and the verbs about them. */
export function createAccounts(deps: AccountRegistryDeps) {
  const { accounts, apiKeys, client, services, watcher, clock, logger, publish } = deps;
  const live = new Map<string, AccountLive>();
  const connections = new Map<string, ServiceConnection>();

  function moduleOf(serviceId: string): ServiceModule {
    const found = services.find((service) => service.id === serviceId);
    if (!found) throw new Error('unknown service');
    return found;
  }

  /** Accounts of services this version knows. */
  const known = () =>
    accounts.all().filter(({ service }) => services.some(({ id }) => id === service));

  function existing(accountId: string): Account {
    const account = accounts.get(accountId);
    if (!account) throw new Error('unknown account');
    return account;
  }

  function connect(account: Account, key: () => Promise<string>): ServiceConnection {
    const service = moduleOf(account.service);
    return service.connect(client, {
      accountId: account.id,
      baseUrl: deps.baseUrlOf(service),
      keyHeader: account.keyHeader,
      key,
    });
  }

  async function check(connection: ServiceConnection): Promise<Checked> {
    try {
      return { profile: await connection.profile(), problem: null, remoteText: null };
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      return { profile: null, problem: error.problem, remoteText: error.remoteText };
    }
  }

  function withProfile(account: Account, profile: Profile | null): Account {
    if (profile === null) return account;
    const brands = profile.brands;
    const chosen = brands.some((brand) => brand.id === account.brandId);
    const only = brands.length === 1 ? (brands[0]?.id ?? null) : null;
    return { ...account, brands, brandId: chosen ? account.brandId : only };
  }

  /** Connects and watches the account; without its key it waits for the user to give it again. */
  async function start(account: Account): Promise<void> {
    const key = () => apiKeys.key(account.id, account.keyLocation);
    const waitsFor = await key().then(
      () => null,
      (error) => (error instanceof KeychainSilent ? 'keychain-silent' : 'key-missing'),
    );
    // Removed while a person was asked to unlock the keychain.
    if (!accounts.get(account.id)) return;
    live.set(account.id, { ...(live.get(account.id) ?? NEW), waitsFor });
    if (waitsFor === null) {
      const connection = connect(account, key);
      connections.set(account.id, connection);
      watcher.start(account, moduleOf(account.service), connection);
      deps.onConnected(account);
    } else {
      connections.delete(account.id);
      watcher.stop(account.id);
      logger.warn('account waits for its key', { account: account.id, waitsFor });
      if (waitsFor === 'keychain-silent') retryLater();
    }
    deps.onStarted();
    publish();
  }

  let cancelRetry: (() => void) | null = null;

  /** A keychain is unlocked without telling us: accounts that wait for it ask again. */
  function retryLater(): void {
    cancelRetry?.();
    cancelRetry = clock.after(KEYCHAIN_RETRY_MS, retryKeys);
  }

  function retryKeys(): void {
    for (const account of known()) {
      if (live.get(account.id)?.waitsFor === 'keychain-silent') {
        start(account).catch((error) =>
          logger.error('account not started', { reason: reason(error) }),
        );
      }
    }
  }

  /** Checks the key, keeps it unless it was refused, and takes over what the service told. */
  async function admit(account: Account, key: string, isNew: boolean): Promise<AddAccountOutcome> {
    deps.announceSecret(key);
    const { profile, problem, remoteText } = await check(connect(account, async () => key));
    if (problem === 'key-refused') return { outcome: 'key-refused', remoteText };
    try {
      await apiKeys.save(account.id, key, account.keyLocation);
    } catch (error) {
      logger.error('the keychain refused the key', { reason: reason(error) });
      return { outcome: 'keychain-failed' };
    }
    // What was renamed or chosen while the service was asked stays.
    const current = isNew ? account : accounts.get(account.id);
    if (!current) {
      await apiKeys.remove(account.id);
      throw new Error('the account was removed meanwhile');
    }
    const saved = withProfile({ ...current, keyLocation: account.keyLocation }, profile);
    accounts.save(saved);
    live.set(account.id, { waitsFor: null, balanceCoins: profile?.balanceCoins ?? null });
    await start(saved);
    logger.info(isNew ? 'account added' : 'key replaced', {
      account: account.id,
      service: account.service,
      problem,
    });
    return { outcome: 'added', accountId: account.id, problem, remoteText };
  }

  const handlers = {
    'account.add': (request) =>
      admit(
        {
          id: randomUUID(),
          service: moduleOf(request.service).id,
          name: request.name,
          keyHeader: moduleOf(request.service).keyHeaders.includes(request.keyHeader)
            ? request.keyHeader
            : moduleOf(request.service).keyHeaders[0],
          keyLocation: request.keyLocation,
          brands: [],
          brandId: null,
          addedAtMs: clock.nowMs(),
          pace: 'balanced',
          notificationRules: NOTIFY_EVERYTHING,
        },
        request.key,
        true,
      ),

    'account.replaceKey': (request) =>
      admit(
        { ...existing(request.accountId), keyLocation: request.keyLocation },
        request.key,
        false,
      ),

    async 'account.check'({ accountId }): Promise<CheckOutcome> {
      const account = existing(accountId);
      const connection = connections.get(accountId);
      if (!connection) {
        // The keychain may have been unlocked meanwhile.
        await start(account);
        const waitsFor = live.get(accountId)?.waitsFor ?? null;
        if (waitsFor) return { problem: waitsFor, remoteText: null };
        return handlers['account.check']({ accountId });
      }
      const { profile, problem, remoteText } = await check(connection);
      if (profile) {
        accounts.save(withProfile(existing(accountId), profile));
        live.set(accountId, { waitsFor: null, balanceCoins: profile.balanceCoins });
        watcher.account(accountId)?.pollNow();
      }
      publish();
      return { problem, remoteText };
    },

    'account.rename'({ accountId, name }) {
      accounts.save({ ...existing(accountId), name });
      publish();
      return null;
    },

    'account.setBrand'({ accountId, brandId }) {
      const account = existing(accountId);
      if (!account.brands.some((brand) => brand.id === brandId)) throw new Error('unknown brand');
      accounts.save({ ...account, brandId });
      publish();
      return null;
    },

    'account.setPace'({ accountId, pace }) {
      const account = { ...existing(accountId), pace };
      accounts.save(account);
      watcher.account(accountId)?.setPace(pace);
      publish();
      return null;
    },

    // Only what changed comes along: a window that lags behind must not put back the rest.
    'account.setNotificationRules'({ accountId, change }) {
      const account = existing(accountId);
      const { kinds, sound } = account.notificationRules;
      const notificationRules = {
        kinds: { ...kinds, ...change.kinds },
        sound: change.sound ?? sound,
      };
      accounts.save({ ...account, notificationRules });
      publish();
      return null;
    },

    async 'account.setKeyHeader'({ accountId, keyHeader }) {
      const account = existing(accountId);
      if (!moduleOf(account.service).keyHeaders.includes(keyHeader))
        throw new Error('no such header');
      const changed = { ...account, keyHeader };
      accounts.save(changed);
      await start(changed);
      return null;
    },

    async 'account.remove'({ accountId }) {
      await deps.cancelUploadsOf(accountId);
      const stop = (): void => {
        watcher.stop(accountId);
        connections.delete(accountId);
        live.delete(accountId);
      };
      stop();
      // In one go a history of 25,000 jobs would hold up everything else for seconds.
      while (accounts.forgetJobs(accountId, FORGOTTEN_AT_ONCE)) await nextTurn();
      // In the meantime its key may have been tried again.
      stop();
      accounts.remove(accountId);
      publish();
      // Last: an account must be removable when the keychain does not answer.
      await deps.forgetSecrets(accountId);
      await apiKeys.remove(accountId);
      return null;
    },
  } satisfies Partial<Handlers>;

  return {
    handlers,
    startAll: async (): Promise<void> => {
      await Promise.all(known().map(start));
    },
    /** Whether its key is still being asked for, so that nothing can be said of it yet. */
    isStarting: (accountId: string): boolean =>
      !connections.has(accountId) &&
      !live.get(accountId)?.waitsFor &&
      known().some(({ id }) => id === accountId),
    connection: (accountId: string): ServiceConnection | null => connections.get(accountId) ?? null,
    serviceName(accountId: string): string {
      const account = accounts.get(accountId);
      return services.find(({ id }) => id === account?.service)?.name ?? '';
    },
    /** Accounts that take uploads, in the order in which they were added. */
    uploadTargets: (): Account[] =>
      known().filter((account) => moduleOf(account.service).acceptsUploads),
    /** Accounts whose keychain did not answer ask it again. */
    retryKeys,
    live: (accountId: string): AccountLive => live.get(accountId) ?? NEW,
    /** A balance that was read by another call than the check. */
    balanceRead(accountId: string, balanceCoins: number | null): void {
      live.set(accountId, { ...(live.get(accountId) ?? NEW), balanceCoins });
      publish();
    },
  };
}

export type Accounts = ReturnType<typeof createAccounts>;
