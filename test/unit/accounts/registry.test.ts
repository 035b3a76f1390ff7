import { setImmediate as nextTurn } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { createApiKeyStore } from '../../../main/accounts/api-key-store';
import { type AccountRegistry, createAccountRegistry } from '../../../main/accounts/registry';
import { createAccountCommands } from '../../../main/commands/accounts';
import type { Account, Profile } from '../../../main/domain/account';
import type { Credits } from '../../../main/domain/credits';
import type { ServiceConnection, ServiceModule } from '../../../main/domain/service';
import { ServiceError } from '../../../main/domain/service-error';
import { StorageError } from '../../../main/domain/storage-error';
import { type ChangeFeed, createChangeFeed } from '../../../main/events';
import { autoposting } from '../../../main/services/autoposting/module';
import { sampleAccount } from '../../builders/account';

const logger = { info() {}, warn() {}, error() {} };
const NEW_ACCOUNT = {
  service: 'autoposting',
  name: 'Work',
  key: 'sk-new',
  keyHeader: 'bearer',
  keyLocation: 'keychain',
} as const;

/** What happened, in order. */
let story: string[];
let accounts: Map<string, Account>;
let kept: Map<string, string>;
let isKeychainLocked: boolean;
let jobsLeft: number;
let isDiskFull: boolean;
let answer: () => Promise<Profile>;
let readCredits: () => Promise<Credits>;
let timers: { delayMs: number; task: () => void }[];
let feed: ChangeFeed;
let registry: AccountRegistry;
let polled: Account[];

const service: ServiceModule = {
  ...autoposting,
  connect: () =>
    ({ profile: () => answer(), credits: () => readCredits() }) as unknown as ServiceConnection,
};

function refuseWhenFull(): void {
  if (isDiskFull) throw new StorageError('full', 'database or disk is full');
}

/** Removals of secrets, which are stored beside the accounts. */
const removals = {
  all: () => [],
  has: () => false,
  add: refuseWhenFull,
  delete: refuseWhenFull,
};

function newRegistry(): AccountRegistry {
  const locked = () => Promise.reject(new Error('locked'));
  return createAccountRegistry({
    store: {
      all: () => [...accounts.values()],
      get: (id) => accounts.get(id) ?? null,
      save(account) {
        refuseWhenFull();
        accounts.set(account.id, account);
      },
      deleteJobs(_id, limit) {
        refuseWhenFull();
        story.push('jobs deleted');
        jobsLeft -= limit;
        return jobsLeft > 0;
      },
      remove(id) {
        accounts.delete(id);
        story.push('account removed');
        feed.emit('accounts', { accountId: id, isRemoved: true });
      },
    },
    apiKeys: createApiKeyStore(
      {
        read: async (name) => (isKeychainLocked ? locked() : (kept.get(name) ?? null)),
        write: async (name, secret) => (isKeychainLocked ? locked() : void kept.set(name, secret)),
        async remove(name) {
          story.push(`key removed of ${name}`);
          kept.delete(name);
        },
      },
      removals,
      logger,
      () => {},
    ),
    allowAsking: () => {},
    client: { request: () => Promise.reject(new Error('not used')) },
    services: [service],
    baseUrlOf: ({ baseUrl }) => baseUrl,
    polling: {
      start(account) {
        polled.push(account);
        story.push(`polling ${account.id}`);
      },
      stop: (id) => void story.push(`stopped ${id}`),
      setPace: (id, pace) => void story.push(`${id} ${pace}`),
      pollNow: (id) => void story.push(`poll ${id}`),
    },
    feed,
    clock: {
      nowMs: () => 5,
      monotonicMs: () => 5,
      after(delayMs, task) {
        const timer = { delayMs, task };
        timers.push(timer);
        return () => {
          timers = timers.filter((other) => other !== timer);
        };
      },
    },
    logger,
    announceSecret: (key) => void story.push(`secret ${key}`),
  });
}

beforeEach(() => {
  story = [];
  polled = [];
  accounts = new Map();
  kept = new Map();
  isKeychainLocked = false;
  jobsLeft = 0;
  isDiskFull = false;
  timers = [];
  answer = async () => ({ label: null, brands: [{ id: 'b1', name: 'Tides' }], balanceCoins: 3 });
  readCredits = () => Promise.reject(new ServiceError('unreachable'));
  feed = createChangeFeed(logger);
  feed.on('connection', ({ accountId, isConnected }) =>
    story.push(`${accountId} ${isConnected ? 'connected' : 'waits'}`),
  );
  registry = newRegistry();
});

/** An account that is stored, with its key in the keychain. */
function stored(changes: Partial<Account> = {}): Account {
  const account = sampleAccount({ service: 'autoposting', ...changes });
  accounts.set(account.id, account);
  kept.set(account.id, 'sk-1');
  return account;
}

describe('an account that is added', () => {
  it('is connected and polled, with the brands and balance that its service gave', async () => {
    const added = await registry.add(NEW_ACCOUNT);
    if (added.outcome !== 'added') throw new Error('not added');
    const { accountId } = added;
    expect(added).toEqual({ outcome: 'added', accountId, problem: null, remoteText: null });
    expect(accounts.get(accountId)).toMatchObject({ brandId: 'b1', name: 'Work' });
    expect(registry.live(accountId)).toEqual({ waitsFor: null, balanceCoins: 3 });
    expect(registry.connection(accountId)).not.toBeNull();
    expect(story).toEqual(['secret sk-new', `polling ${accountId}`, `${accountId} connected`]);
  });

  it('is kept when its service cannot say whether the key is good', async () => {
    answer = () => Promise.reject(new ServiceError('unreachable'));
    expect(await registry.add(NEW_ACCOUNT)).toMatchObject({
      outcome: 'added',
      problem: 'unreachable',
    });
    expect(accounts.size).toBe(1);
  });

  it('is not kept with a key that is refused, nor with one that the keychain does not accept', async () => {
    answer = () => Promise.reject(new ServiceError('key-refused', { remoteText: 'No.' }));
    expect(await registry.add(NEW_ACCOUNT)).toEqual({ outcome: 'key-refused', remoteText: 'No.' });
    answer = async () => ({ label: null, brands: [], balanceCoins: null });
    isKeychainLocked = true;
    expect(await registry.add(NEW_ACCOUNT)).toEqual({
      outcome: 'keychain-failed',
      why: 'silent',
    });
    expect(accounts.size).toBe(0);
  });
});

describe('an account whose keychain does not answer', () => {
  beforeEach(async () => {
    stored();
    isKeychainLocked = true;
    await registry.startAll();
  });

  it('waits, and says so', () => {
    expect(registry.live('a1').waitsFor).toBe('keychain-silent');
    expect(registry.uploadRemote('a1')).not.toBe('not-yet');
    expect(story).toEqual(['stopped a1', 'a1 waits']);
  });

  it.each([
    ['a minute later', () => timers.find(({ delayMs }) => delayMs === 60_000)?.task()],
    ['after a wake', () => feed.emit('connectivity', { kind: 'resumed', cause: 'wake' })],
    ['when the user polls now', () => registry.retryKeys()],
    ['when the keychain may have changed', () => feed.emit('keychainChecked', null)],
  ])('is read again %s', async (_when, again) => {
    isKeychainLocked = false;
    again();
    await expect.poll(() => registry.connection('a1')).not.toBeNull();
    expect(story.slice(2)).toEqual(['polling a1', 'a1 connected']);
  });

  it('is reported once, however often it is read again', async () => {
    for (let again = 0; again < 3; again += 1) feed.emit('keychainChecked', null);
    await nextTurn();
    expect(story.filter((what) => what === 'a1 waits')).toHaveLength(1);
  });

  it('is not read any more once the registry is closed', () => {
    registry.close();
    isKeychainLocked = false;
    feed.emit('connectivity', { kind: 'resumed', cause: 'wake' });
    expect(timers).toEqual([]);
    expect(registry.connection('a1')).toBeNull();
  });

  it('is connected by a check of the key, once it is unlocked', async () => {
    expect(await registry.check('a1')).toEqual({ problem: 'keychain-silent', remoteText: null });
    isKeychainLocked = false;
    expect(await registry.check('a1')).toEqual({ problem: null, remoteText: null });
    expect(registry.live('a1')).toEqual({ waitsFor: null, balanceCoins: 3 });
  });
});

describe('with a full disk', () => {
  it.each(['keychain', 'session'] as const)(
    'no key stays in the %s for an account that was not added, and the keychain is not blamed',
    async (keyLocation) => {
      isDiskFull = true;
      const added = registry.add({ ...NEW_ACCOUNT, keyLocation });
      await expect(added).rejects.toMatchObject({ kind: 'full' });
      expect(kept.size).toBe(0);
      expect(accounts.size).toBe(0);
    },
  );

  it('an account whose key could not be replaced keeps the one it has', async () => {
    stored();
    await registry.startAll();
    isDiskFull = true;
    const replaced = registry.replaceKey('a1', 'sk-2', 'session');
    await expect(replaced).rejects.toMatchObject({ kind: 'full' });
    expect(kept.get('a1')).toBe('sk-1');
  });

  it('an account that could not be removed is watched as before', async () => {
    stored();
    await registry.startAll();
    isDiskFull = true;
    story = [];
    await expect(registry.remove('a1')).rejects.toMatchObject({ kind: 'full' });
    expect(story).toEqual(['stopped a1', 'polling a1', 'a1 connected']);
    expect(kept.get('a1')).toBe('sk-1');
    expect(registry.connection('a1')).not.toBeNull();
  });
});

it('an account is removed in steps: uploads while it has a key, jobs a few at a time, its key last', async () => {
  stored();
  await registry.startAll();
  story = [];
  jobsLeft = 250;
  const note = (what: string) => async (accountId: string) => {
    story.push(`${what} ${registry.connection(accountId) ? 'with' : 'without'} a key`);
  };
  const commands = createAccountCommands({
    accounts: registry,
    sessionTokens: { setSessionToken: async () => ({ outcome: 'set' }) },
    cancelUploads: note('uploads cancelled'),
    cancelDownloads: note('downloads cancelled'),
  });
  await commands['account.remove']({ accountId: 'a1' });
  expect(story).toEqual([
    'uploads cancelled with a key',
    'downloads cancelled with a key',
    'stopped a1',
    'jobs deleted',
    'jobs deleted',
    'jobs deleted',
    'stopped a1',
    'account removed',
    'key removed of a1',
    'key removed of a1/origin',
  ]);
  expect(registry.connection('a1')).toBeNull();
  expect(registry.live('a1')).toEqual({ waitsFor: null, balanceCoins: null });
});

it('a start that waited for the keychain does not undo what was changed meanwhile', async () => {
  const account = stored({ name: 'Before' });
  const started = registry.startAll();
  registry.rename(account.id, 'After');
  await started;
  expect(polled.map(({ name }) => name)).toEqual(['After']);
});

it('only the notification rules that were changed are stored', () => {
  const { notificationRules } = stored();
  registry.setNotificationRules('a1', { kinds: { render: 'failures' } });
  registry.setNotificationRules('a1', { sound: !notificationRules.sound });
  expect(accounts.get('a1')?.notificationRules).toEqual({
    kinds: { ...notificationRules.kinds, render: 'failures' },
    sound: !notificationRules.sound,
  });
});

describe('a balance', () => {
  beforeEach(async () => {
    stored();
    await registry.startAll();
  });

  it('is read where it is unknown, emitted, and then not read again', async () => {
    const emitted: string[] = [];
    feed.on('balance', ({ accountId }) => emitted.push(accountId));
    readCredits = async () => ({ balance: 7 }) as Credits;
    expect(await registry.readBalance('a1')).toBe(7);
    readCredits = () => Promise.reject(new Error('read twice'));
    expect(await registry.readBalance('a1')).toBe(7);
    expect(registry.balance('a1')).toBe(7);
    expect(emitted).toEqual(['a1']);
  });

  it('stays unknown when it cannot be read', async () => {
    expect(await registry.readBalance('a1')).toBeNull();
    expect(await registry.credits('a1')).toEqual({ problem: 'unreachable', remoteText: null });
  });
});
