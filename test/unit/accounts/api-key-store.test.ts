import { beforeEach, describe, expect, it } from 'vitest';
import {
  createApiKeyStore,
  KeychainSilent,
  KeyMissing,
} from '../../../main/accounts/api-key-store';
import type { Keychain } from '../../../main/accounts/os-keychain';

const logger = { info() {}, warn() {}, error() {} };

let kept: Map<string, string>;
let keychain: Keychain;
let announced: string[];

beforeEach(() => {
  kept = new Map();
  announced = [];
  keychain = {
    read: async (name) => kept.get(name) ?? null,
    write: async (name, secret) => void kept.set(name, secret),
    remove: async (name) => void kept.delete(name),
  };
});

const apiKeys = () => createApiKeyStore(keychain, logger, (key) => announced.push(key));
const broken = () => Promise.reject(new Error('no secret service'));

describe('a key', () => {
  it('is found again after a restart when it was put in the keychain', async () => {
    await apiKeys().save('a1', 'the-key', 'keychain');
    expect(await apiKeys().key('a1', 'keychain')).toBe('the-key');
  });

  it('never reaches the keychain when it is for this session only', async () => {
    const session = apiKeys();
    await session.save('a1', 'the-key', 'session');
    expect(await session.key('a1', 'session')).toBe('the-key');
    expect(kept.size).toBe(0);
    await expect(apiKeys().key('a1', 'session')).rejects.toThrow(KeyMissing);
  });

  it('is stored nowhere when the keychain refuses it: there is no silent fallback', async () => {
    keychain.write = broken;
    const refused = apiKeys();
    await expect(refused.save('a1', 'the-key', 'keychain')).rejects.toThrow();
    await expect(refused.key('a1', 'keychain')).rejects.toThrow(KeyMissing);
  });

  it('is known to the log’s redactor before anything can be logged about it', async () => {
    keychain.write = broken;
    await apiKeys()
      .save('a1', 'the-key', 'keychain')
      .catch(() => {});
    expect(announced).toEqual(['the-key']);
  });

  it('is gone from both places when it is removed', async () => {
    const own = apiKeys();
    await own.save('a1', 'the-key', 'keychain');
    await own.remove('a1');
    expect(kept.size).toBe(0);
    await expect(own.key('a1', 'keychain')).rejects.toThrow(KeyMissing);
  });
});

describe('a key for this session only', () => {
  it('removes the one in the keychain, which would stay there for ever', async () => {
    const own = apiKeys();
    await own.save('a1', 'old-key', 'keychain');
    await own.save('a1', 'new-key', 'session');
    expect(kept.size).toBe(0);
    expect(await own.key('a1', 'session')).toBe('new-key');
  });
});

it('a keychain that does not answer is distinguished from a missing key', async () => {
  await apiKeys().save('a1', 'the-key', 'keychain');
  keychain.read = broken;
  await expect(apiKeys().key('a1', 'keychain')).rejects.toThrow(KeychainSilent);
});

it('a missing keychain is reported, and is no failure', async () => {
  expect(await apiKeys().available()).toBe(true);
  keychain.read = broken;
  expect(await apiKeys().available()).toBe(false);
});
