import { beforeEach, describe, expect, it } from 'vitest';
import { type ApiKeyStore, createApiKeyStore } from '../../../main/accounts/api-key-store';
import { createSessionTokens } from '../../../main/accounts/session-tokens';
import type { Account } from '../../../main/domain/account';
import type { RealtimeState } from '../../../main/domain/realtime';
import type { RealtimeOptions } from '../../../main/http/realtime-client';
import { serviceModules } from '../../../main/services';
import { sampleAccount } from '../../builders/account';

const NAME = 'a1/session-token';
const logger = { info() {}, warn() {}, error() {} };

let kept: Map<string, string>;
let announced: string[];
let apiKeys: ApiKeyStore;
let account: Account | null;
let opened: RealtimeOptions[];
let states: RealtimeState[];
let hints: string[];

beforeEach(() => {
  kept = new Map();
  announced = [];
  account = sampleAccount();
  opened = [];
  states = [];
  hints = [];
  apiKeys = newVault();
});

const newVault = () =>
  createApiKeyStore(
    {
      read: async (name) => kept.get(name) ?? null,
      write: async (name, secret) => void kept.set(name, secret),
      remove: async (name) => void kept.delete(name),
    },
    logger,
    (secret) => announced.push(secret),
  );

function tokens() {
  return createSessionTokens({
    accounts: { get: () => account },
    apiKeys,
    client: {
      open(options) {
        const index = opened.push(options) - 1;
        states.push('connecting');
        return {
          get state() {
            return states[index] ?? 'closed';
          },
          restart: () => states.splice(index, 1, 'connecting'),
          close: () => states.splice(index, 1, 'closed'),
        };
      },
      close: async () => {},
    },
    services: serviceModules,
    baseUrlOf: (service) => service.baseUrl,
    watcher: { account: (accountId) => ({ hint: () => void hints.push(accountId) }) },
    logger,
    publish: () => {},
  });
}

const set = (all: ReturnType<typeof tokens>, token: string | null) =>
  all.handlers['account.setRealtimeToken']({ accountId: 'a1', token });

describe('a session token', () => {
  it('is kept beside the key, known to the redactor, and opens the channel', async () => {
    const all = tokens();
    expect(await set(all, 'the-token')).toEqual({ outcome: 'set' });
    expect(kept.get(NAME)).toBe('the-token');
    expect(announced).toContain('the-token');
    expect(all.state('a1')).toBe('connecting');
    expect(await opened[0]?.token()).toBe('the-token');
  });

  it('opens the channel again after a restart, and nothing opens without one', async () => {
    await tokens().follow(sampleAccount());
    expect(opened).toHaveLength(0);
    kept.set(NAME, 'the-token');
    const all = tokens();
    await all.follow(sampleAccount());
    expect(await opened[0]?.token()).toBe('the-token');
  });

  it('leaves the keychain when the key does: one for this session must not outlive it', async () => {
    const all = tokens();
    await set(all, 'the-token');
    account = sampleAccount({ keyLocation: 'session' });
    await all.follow(account);
    expect(kept.has(NAME)).toBe(false);
    expect(await opened.at(-1)?.token()).toBe('the-token');
    expect(states[0]).toBe('closed');
  });

  it('is forgotten with its account', async () => {
    const all = tokens();
    await set(all, 'the-token');
    await all.forget('a1');
    expect(kept.size).toBe(0);
    expect(all.state('a1')).toBeNull();
    expect(states).toEqual(['closed']);
  });

  it('that the keychain refuses opens nothing and is told', async () => {
    apiKeys = createApiKeyStore(
      {
        read: async () => null,
        write: () => Promise.reject(new Error('locked')),
        remove: async () => {},
      },
      logger,
      () => {},
    );
    expect(await set(tokens(), 'the-token')).toEqual({ outcome: 'keychain-failed' });
    expect(opened).toHaveLength(0);
  });
});

it('any hint asks that account now; a refusal is told and asks nobody', async () => {
  const all = tokens();
  await set(all, 'the-token');
  opened[0]?.onHint();
  expect(hints).toEqual(['a1']);
  states[0] = 'refused';
  opened[0]?.onState('refused');
  expect(all.state('a1')).toBe('refused');
  expect(hints).toEqual(['a1']);
});

it('a service without such a channel is given no token', async () => {
  account = sampleAccount({ service: 'autoposting' });
  await expect(set(tokens(), 'the-token')).rejects.toThrow();
  expect(kept.size).toBe(0);
});
