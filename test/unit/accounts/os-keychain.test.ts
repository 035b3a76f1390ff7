import { beforeEach, describe, expect, it } from 'vitest';
import type { KeychainAnswer, KeychainCall } from '../../../main/accounts/keytar-call';
import { type Keychain, osKeychain } from '../../../main/accounts/os-keychain';

/** Which process each call was made in. */
let calls: string[];
let timesGone: number;
/** How a call in this process ends; by default with the secret. */
let here: (call: KeychainCall) => string | null;
/** How a call in another process ends. */
let apart: () => KeychainAnswer;

const newKeychain = (hasSessions = true): Keychain =>
  osKeychain({
    async callHere(call) {
      calls.push(`here ${call.do} ${call.name}`);
      return here(call);
    },
    keyring: hasSessions
      ? {
          timesGone: () => timesGone,
          async callApart(call) {
            calls.push(`apart ${call.do} ${call.name}`);
            return apart();
          },
        }
      : null,
  });

const fail = (message: string) => () => {
  throw new Error(message);
};

beforeEach(() => {
  calls = [];
  timesGone = 0;
  here = () => 'secret';
  apart = () => ({ secret: 'from apart' });
});

describe('a keyring that was started again', () => {
  it('is called from other processes, as this one keeps a session that ended', async () => {
    const keychain = newKeychain();
    await keychain.read('a1');
    timesGone = 1;
    expect(await keychain.read('a1')).toBe('from apart');
    await keychain.write('a2', 'new');
    await keychain.remove('a2');
    expect(calls).toEqual(['here read a1', 'apart read a1', 'apart write a2', 'apart remove a2']);
  });

  it('is called from this process if that was before the first call', async () => {
    timesGone = 1;
    const keychain = newKeychain();
    await keychain.read('a1');
    await keychain.write('a1', 'new');
    expect(calls).toEqual(['here read a1', 'here write a1']);
  });

  it('loses no call that it was started again during', async () => {
    const keychain = newKeychain();
    here = () => {
      timesGone = 1;
      throw new Error('The connection is closed');
    };
    expect(await keychain.read('a1')).toBe('from apart');
  });

  it('fails a call that another process cannot make either, and the next one is made', async () => {
    const keychain = newKeychain();
    await keychain.read('a1');
    timesGone = 1;
    apart = () => ({ failure: 'Cannot create an item in a locked collection' });
    await expect(keychain.write('a1', 'new')).rejects.toThrow('locked collection');
    apart = fail('the process ended with code 1');
    await expect(keychain.read('a1')).rejects.toThrow('ended with code 1');
    apart = () => ({ secret: null });
    expect(await keychain.read('a1')).toBeNull();
  });
});

it.each([
  'The session wrapping the secret does not exist',
  'The session `/org/freedesktop/secrets/session/s1` does not exist.',
  "Can't find session /org/freedesktop/secrets/session/1",
])('a keyring that forgot its sessions is called from other processes: %s', async (message) => {
  const keychain = newKeychain();
  here = fail(message);
  await keychain.write('a1', 'new');
  await keychain.read('a1');
  expect(calls).toEqual(['here write a1', 'apart write a1', 'apart read a1']);
});

it('a keyring that stayed is called from this process alone, even after a failure', async () => {
  const keychain = newKeychain();
  here = fail('Cannot create an item in a locked collection');
  await expect(keychain.write('a1', 'new')).rejects.toThrow('locked collection');
  here = () => 'secret';
  expect(await keychain.read('a1')).toBe('secret');
  expect(calls).toEqual(['here write a1', 'here read a1']);
});

it('a keychain without sessions is called from this process, whatever it says', async () => {
  const keychain = newKeychain(false);
  here = fail('no session');
  await expect(keychain.read('a1')).rejects.toThrow('no session');
  expect(calls).toEqual(['here read a1']);
});
