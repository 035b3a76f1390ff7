import { setImmediate as nextTurn } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { type ApiKeyStore, createApiKeyStore } from '../../../main/accounts/api-key-store';
import { createSessionTokens } from '../../../main/accounts/session-tokens';
import type { Account } from '../../../main/domain/account';
import type { ConnectivityChange } from '../../../main/domain/connectivity';
import type { LiveChannelOptions, LiveChannelState } from '../../../main/domain/live-channel';
import { StorageError } from '../../../main/domain/storage-error';
import { type ChangeFeed, createChangeFeed } from '../../../main/events';
import { serviceModules } from '../../../main/services';
import { sampleAccount } from '../../builders/account';
import { FakeClock } from '../polling/fakes';
import { noRemovals } from './fakes';

const NAME = 'a1/session-token';
const logger = { info() {}, warn() {}, error() {} };

let kept: Map<string, string>;
let announced: string[];
let apiKeys: ApiKeyStore;
let account: Account | null;
let opened: LiveChannelOptions[];
let states: LiveChannelState[];
let hints: string[];
let opens: number;
let feed: ChangeFeed;
let clock: FakeClock;
/** Accounts whose live channel was reported as changed. */
let changed: string[];

beforeEach(() => {
  kept = new Map();
  announced = [];
  account = sampleAccount();
  opened = [];
  states = [];
  hints = [];
  opens = 0;
  changed = [];
  apiKeys = newStore();
});

const newStore = () =>
  createApiKeyStore(
    {
      read: async (name) => kept.get(name) ?? null,
      write: async (name, secret) => void kept.set(name, secret),
      remove: async (name) => void kept.delete(name),
    },
    noRemovals,
    logger,
    (secret) => announced.push(secret),
  );

function tokens() {
  feed = createChangeFeed(logger);
  clock = new FakeClock();
  feed.on('liveChannel', ({ accountId }) => changed.push(accountId));
  return createSessionTokens({
    accounts: { get: () => account },
    apiKeys,
    allowAsking: () => {},
    client: {
      open(options) {
        const index = opened.push(options) - 1;
        opens += 1;
        states.push('connecting');
        return {
          get state() {
            return states[index] ?? 'closed';
          },
          restart() {
            opens += 1;
            states.splice(index, 1, 'connecting');
          },
          close: () => states.splice(index, 1, 'closed'),
        };
      },
      close: async () => {},
    },
    services: serviceModules,
    baseUrlOf: (service) => service.baseUrl,
    feed,
    clock,
    logger,
  });
}

const set = (all: ReturnType<typeof tokens>, token: string | null) =>
  all.setSessionToken('a1', token);

/** The account is connected, or waits for its key. */
async function connection(isConnected: boolean): Promise<void> {
  feed.emit('connection', { accountId: 'a1', isConnected });
  await nextTurn();
}

describe('a session token', () => {
  it('is kept beside the key, known to the redactor, and opens the channel', async () => {
    const all = tokens();
    expect(await set(all, 'the-token')).toEqual({ outcome: 'set' });
    expect(kept.get(NAME)).toBe('the-token');
    expect(announced).toContain('the-token');
    expect(all.liveChannel('a1')).toBe('connecting');
    expect(await opened[0]?.token()).toBe('the-token');
  });

  it('opens the channel again after a restart, and nothing opens without one', async () => {
    tokens();
    await connection(true);
    expect(opened).toHaveLength(0);
    kept.set(NAME, 'the-token');
    tokens();
    await connection(false);
    expect(opened).toHaveLength(0);
    await connection(true);
    expect(await opened[0]?.token()).toBe('the-token');
  });

  it('leaves the keychain with the key: a token for this session only must not stay behind', async () => {
    const all = tokens();
    await set(all, 'the-token');
    account = sampleAccount({ keyLocation: 'session' });
    await connection(true);
    expect(kept.has(NAME)).toBe(false);
    expect(await opened.at(-1)?.token()).toBe('the-token');
    expect(states[0]).toBe('closed');
  });

  it('is forgotten with its account, and its channel closed', async () => {
    const all = tokens();
    await set(all, 'the-token');
    account = null;
    feed.emit('accounts', { accountId: 'a1', isRemoved: true });
    await nextTurn();
    expect(kept.size).toBe(0);
    expect(all.liveChannel('a1')).toBeNull();
    expect(states).toEqual(['closed']);
  });

  it('opens nothing when the keychain refuses it, and the refusal is returned', async () => {
    apiKeys = createApiKeyStore(
      {
        read: async () => null,
        write: () => Promise.reject(new Error('locked')),
        remove: async () => {},
      },
      noRemovals,
      logger,
      () => {},
    );
    expect(await set(tokens(), 'the-token')).toEqual({ outcome: 'keychain-failed', why: 'silent' });
    expect(opened).toHaveLength(0);
  });
});

it('a session token that is removed is forgotten, and its channel closed', async () => {
  const all = tokens();
  await set(all, 'the-token');
  expect(await set(all, null)).toEqual({ outcome: 'removed' });
  expect(kept.size).toBe(0);
  expect(states).toEqual(['closed']);
  expect(changed).toEqual(['a1', 'a1']);
});

it.each<[ConnectivityChange, number]>([
  [{ kind: 'resumed', cause: 'wake' }, 2],
  // The HTTP client breaks the sockets of lost addresses only, and their channels open again.
  [{ kind: 'addresses-lost', addresses: ['192.0.2.1'] }, 1],
  [{ kind: 'conditions', conditions: { online: true, metered: true } }, 1],
])('after %o, channels have been opened %i times', async (change, times) => {
  await set(tokens(), 'the-token');
  feed.emit('connectivity', change);
  expect(opens).toBe(times);
});

it('any hint is passed on for that account; a refusal is reported and is no hint', async () => {
  const all = tokens();
  feed.on('liveHint', ({ accountId }) => hints.push(accountId));
  await set(all, 'the-token');
  opened[0]?.onHint();
  expect(hints).toEqual(['a1']);
  states[0] = 'refused';
  opened[0]?.onState('refused');
  expect(all.liveChannel('a1')).toBe('refused');
  expect(hints).toEqual(['a1']);
});

it('a service without a realtime socket is given no token', async () => {
  account = sampleAccount({ service: 'autoposting' });
  await expect(set(tokens(), 'the-token')).rejects.toThrow();
  expect(kept.size).toBe(0);
});

describe('when the app is quit', () => {
  /** What the keychain is asked, until somebody answers its question. */
  let answer: () => void;
  beforeEach(() => {
    const answered = new Promise<void>((resolve) => {
      answer = resolve;
    });
    apiKeys.remove = () => answered;
    apiKeys.key = () => answered.then(() => 'the-token');
  });

  /** Whether it is closed already. */
  function closing(all: ReturnType<typeof tokens>): () => boolean {
    let isClosed = false;
    void all.close().then(() => {
      isClosed = true;
    });
    return () => isClosed;
  }

  it.each([
    ['removed', () => feed.emit('accounts', { accountId: 'a1', isRemoved: true })],
    ['read', () => feed.emit('connection', { accountId: 'a1', isConnected: true })],
  ])(
    'a question about a token that is %s holds it back for two seconds only',
    async (_what, ask) => {
      const all = tokens();
      ask();
      const isClosed = closing(all);
      await clock.advance(1_900);
      expect(isClosed()).toBe(false);
      await clock.advance(100);
      expect(isClosed()).toBe(true);
      answer();
      await nextTurn();
      expect(opened).toHaveLength(0);
    },
  );

  it('it goes on as soon as the keychain is done', async () => {
    const all = tokens();
    feed.emit('accounts', { accountId: 'a1', isRemoved: true });
    const isClosed = closing(all);
    answer();
    await expect.poll(isClosed).toBe(true);
  });
});

it('a full disk is not blamed on the keychain', async () => {
  apiKeys.save = () => Promise.reject(new StorageError('full', 'database or disk is full'));
  await expect(set(tokens(), 'the-token')).rejects.toMatchObject({ kind: 'full' });
  expect(opened).toHaveLength(0);
});
