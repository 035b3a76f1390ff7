import { randomUUID } from 'node:crypto';
import type { AddAccountOutcome, CheckOutcome } from '../../preload/contract';
import type { Vault } from '../credentials/vault';
import type { Account, Profile } from '../domain/account';
import type { Clock } from '../domain/clock';
import { type Logger, reason } from '../domain/logger';
import type { JsonClient, ServiceConnection, ServiceModule } from '../domain/service';
import { ServiceError, type ServiceProblem } from '../domain/service-error';
import type { AccountRepository } from '../storage/accounts';
import type { Watcher } from '../watch/watcher';
import type { Handlers } from './handlers';

/** What is known of an account beyond what is stored; forgotten at quit. */
export interface AccountLive {
  keyMissing: boolean;
  balanceCoins: number | null;
}

export interface AccountParts {
  accounts: AccountRepository;
  vault: Vault;
  client: JsonClient;
  services: readonly ServiceModule[];
  baseUrlOf: (service: ServiceModule) => string;
  watcher: Watcher;
  clock: Clock;
  logger: Logger;
  cancelUploadsOf: (accountId: string) => Promise<void>;
  publish: () => void;
}

type Checked =
  | { profile: Profile; problem: null; remoteText: null }
  | { profile: null; problem: ServiceProblem; remoteText: string | null };

/** Accounts: their keys, their connections to the services, and the verbs about them. */
export function createAccounts(parts: AccountParts) {
  const { accounts, vault, client, services, watcher, clock, logger, publish } = parts;
  const live = new Map<string, AccountLive>();
  const connections = new Map<string, ServiceConnection>();

  function moduleOf(serviceId: string): ServiceModule {
    const found = services.find((service) => service.id === serviceId);
    if (!found) throw new Error('unknown service');
    return found;
  }

  function existing(accountId: string): Account {
    const account = accounts.get(accountId);
    if (!account) throw new Error('unknown account');
    return account;
  }

  function connect(account: Account, key: () => Promise<string>): ServiceConnection {
    const service = moduleOf(account.service);
    return service.connect(client, {
      accountId: account.id,
      baseUrl: parts.baseUrlOf(service),
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
    const known = live.get(account.id) ?? { keyMissing: false, balanceCoins: null };
    live.set(account.id, known);
    const key = () => vault.key(account.id, account.keyPlace);
    try {
      await key();
      known.keyMissing = false;
      const connection = connect(account, key);
      connections.set(account.id, connection);
      watcher.start(account, moduleOf(account.service), connection);
    } catch (error) {
      known.keyMissing = true;
      connections.delete(account.id);
      watcher.stop(account.id);
      logger.warn('account waits for its key', { account: account.id, reason: reason(error) });
    }
    publish();
  }

  /** Checks the key, keeps it unless it was refused, and takes over what the service told. */
  async function admit(account: Account, key: string): Promise<AddAccountOutcome> {
    const { profile, problem, remoteText } = await check(connect(account, async () => key));
    if (problem === 'key-refused') return { outcome: 'key-refused', remoteText };
    try {
      await vault.save(account.id, key, account.keyPlace);
    } catch (error) {
      logger.error('the keychain refused the key', { reason: reason(error) });
      return { outcome: 'keychain-failed' };
    }
    const saved = withProfile(account, profile);
    accounts.save(saved);
    live.set(account.id, { keyMissing: false, balanceCoins: profile?.balanceCoins ?? null });
    await start(saved);
    logger.info('account kept', { account: account.id, service: account.service, problem });
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
          keyPlace: request.keyPlace,
          brands: [],
          brandId: null,
          addedAtMs: clock.nowMs(),
        },
        request.key,
      ),

    'account.replaceKey': (request) =>
      admit({ ...existing(request.accountId), keyPlace: request.keyPlace }, request.key),

    async 'account.check'({ accountId }): Promise<CheckOutcome> {
      const account = existing(accountId);
      const connection = connections.get(accountId);
      if (!connection) {
        // The keychain may have been unlocked meanwhile.
        await start(account);
        if (!connections.has(accountId)) return { problem: 'key-missing', remoteText: null };
        return handlers['account.check']({ accountId });
      }
      const { profile, problem, remoteText } = await check(connection);
      if (profile) {
        accounts.save(withProfile(existing(accountId), profile));
        live.set(accountId, { keyMissing: false, balanceCoins: profile.balanceCoins });
        watcher.pollNow(accountId);
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
      const account = existing(accountId);
      await parts.cancelUploadsOf(accountId);
      watcher.stop(accountId);
      connections.delete(accountId);
      live.delete(accountId);
      accounts.remove(accountId);
      publish();
      // Last, and alone: an account must be removable when the keychain does not answer.
      await vault
        .remove(accountId, account.keyPlace)
        .catch((error) => logger.warn('the key stays in the keychain', { reason: reason(error) }));
      return null;
    },
  } satisfies Partial<Handlers>;

  return {
    handlers,
    startAll: async (): Promise<void> => {
      await Promise.all(accounts.all().map(start));
    },
    connection: (accountId: string): ServiceConnection | null => connections.get(accountId) ?? null,
    serviceName(accountId: string): string {
      const account = accounts.get(accountId);
      return account ? moduleOf(account.service).name : '';
    },
    /** Accounts that take uploads, in the order in which they were added. */
    uploadTargets: (): Account[] =>
      accounts.all().filter((account) => moduleOf(account.service).acceptsUploads),
    live: (accountId: string): AccountLive =>
      live.get(accountId) ?? { keyMissing: false, balanceCoins: null },
  };
}

export type Accounts = ReturnType<typeof createAccounts>;
