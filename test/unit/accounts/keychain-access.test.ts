import { setImmediate as nextTurn } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { createKeychainAccess, type KeychainAccess } from '../../../main/accounts/keychain-access';
import { keychainFailure } from '../../../main/accounts/keychain-failure';
import type { Keychain } from '../../../main/accounts/os-keychain';
import type { KeychainWatcher } from '../../../main/domain/keychain';
import { type ChangeFeed, createChangeFeed } from '../../../main/events';

const logger = { info() {}, warn() {}, error() {} };

/** A desktop's keyring: what is in it, and who answers its prompts. */
let kept: Map<string, string>;
let isLocked: boolean;
let hasDefault: boolean;
let isRunning: boolean;
/** How a prompt ends; pending while it is open. */
let answerPrompt: () => Promise<'password' | 'dismissed'>;
let prompts: number;
/** Calls to the keychain itself, each of which might open a prompt of its own. */
let calls: string[];
let changed: () => void;
let timers: { delayMs: number; task: () => void }[];
let feed: ChangeFeed;
let states: string[];
let access: KeychainAccess;

const watcher: KeychainWatcher = {
  async state() {
    if (!isRunning) return 'missing';
    if (!hasDefault) return 'no-default';
    return isLocked ? 'locked' : 'ready';
  },
  async placeOf(name) {
    if (!isRunning || !hasDefault) return 'unknown';
    if (kept.has(name)) return isLocked ? 'locked' : 'readable';
    return isLocked ? 'locked' : 'absent';
  },
  async unlock() {
    prompts += 1;
    if ((await answerPrompt()) === 'password') isLocked = false;
    return !isLocked;
  },
  async follow(onChange) {
    changed = onChange;
  },
  timesGone: () => 0,
};

/** As keytar and libsecret do it: a locked secret looks like a missing one. */
const libsecret = () => ({
  async read(name: string) {
    calls.push(`read ${name}`);
    if (!isRunning) throw new Error('no such service');
    return isLocked ? null : (kept.get(name) ?? null);
  },
  async write(name: string, secret: string) {
    calls.push(`write ${name}`);
    if (isLocked) throw new Error('Cannot create an item in a locked collection');
    if (!hasDefault) throw new Error('Object does not exist at path “/org/freedesktop/secrets”');
    kept.set(name, secret);
  },
  async remove(name: string) {
    calls.push(`remove ${name}`);
    if (!isLocked) kept.delete(name);
  },
});
let keychain: Keychain;

function newAccess(withWatcher = true): KeychainAccess {
  feed = createChangeFeed(logger);
  feed.on('keychain', ({ state }) => states.push(state));
  const clock = {
    nowMs: () => 0,
    monotonicMs: () => 0,
    after(delayMs: number, task: () => void) {
      const timer = { delayMs, task };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
  };
  return createKeychainAccess({
    keychain,
    watcher: withWatcher ? watcher : null,
    ...{ feed, clock, logger },
  });
}

/** Lets every timer up to this delay fire, and whatever follows from it. */
async function pass(delayMs: number): Promise<void> {
  for (const timer of timers.filter((each) => each.delayMs <= delayMs)) {
    timers = timers.filter((other) => other !== timer);
    timer.task();
  }
  await nextTurn();
}

const outcomeOf = (reading: Promise<unknown>) =>
  reading.catch((error) => keychainFailure(error).kind);

beforeEach(() => {
  kept = new Map([
    ['a1', 'key-1'],
    ['a2', 'key-2'],
  ]);
  isLocked = false;
  hasDefault = true;
  isRunning = true;
  answerPrompt = async () => 'dismissed';
  prompts = 0;
  calls = [];
  keychain = libsecret();
  timers = [];
  states = [];
  access = newAccess();
});

describe('a locked keychain', () => {
  beforeEach(() => {
    isLocked = true;
  });

  it('is not taken for a lost key when its prompt is dismissed', async () => {
    expect(await outcomeOf(access.read('a1'))).toBe('locked');
    expect(calls).toEqual([]);
  });

  it('asks once for all accounts, and says so for as long as the prompt is open', async () => {
    let answer = (_: 'password') => {};
    answerPrompt = () => new Promise((resolve) => (answer = resolve));
    const reading = [access.read('a1'), access.read('a2')];
    await nextTurn();
    await pass(0);
    expect(states).toEqual(['asking']);
    await pass(600_000);
    expect(access.state()).toBe('asking');
    answer('password');
    expect(await Promise.all(reading)).toEqual(['key-1', 'key-2']);
    await pass(100);
    expect(access.state()).toBe('ready');
  });

  it('is not asked again by itself, and goes on once it is unlocked elsewhere', async () => {
    await access.start();
    expect(states).toEqual(['locked']);
    await outcomeOf(access.read('a1'));
    await pass(100);
    prompts = 0;
    for (let again = 0; again < 3; again += 1) {
      await pass(10_000);
      expect(await outcomeOf(access.read('a1'))).toBe('locked');
    }
    expect(prompts).toBe(0);
    isLocked = false;
    let isReadable = false;
    feed.on('keychainChecked', () => {
      isReadable = true;
    });
    changed();
    await pass(100);
    expect(isReadable).toBe(true);
    expect(access.state()).toBe('ready');
    expect(await access.read('a1')).toBe('key-1');
  });

  it('is seen to be unlocked although nothing reports it, as KeePassXC does not', async () => {
    await access.start();
    isLocked = false;
    await pass(10_000);
    expect(access.state()).toBe('ready');
  });

  it('asks again when the user wants something of it', async () => {
    await outcomeOf(access.read('a1'));
    answerPrompt = async () => 'password';
    access.allowAsking();
    expect(await access.read('a1')).toBe('key-1');
    expect(prompts).toBe(2);
  });

  it('is asked for its password before a key is saved', async () => {
    expect(await outcomeOf(access.write('a3', 'key-3'))).toBe('locked');
    expect(calls).toEqual([]);
    answerPrompt = async () => 'password';
    access.allowAsking();
    await access.write('a3', 'key-3');
    expect(kept.get('a3')).toBe('key-3');
  });

  it('keeps what is to be removed, asks nobody, and says that it is still there', async () => {
    expect(await outcomeOf(access.remove('a1'))).toBe('locked');
    expect(prompts).toBe(0);
    expect(calls).toEqual([]);
  });

  it('is noticed when it is locked while the app runs', async () => {
    isLocked = false;
    await access.start();
    isLocked = true;
    changed();
    await pass(100);
    expect(access.state()).toBe('locked');
  });
});

it('a key that is really gone is called that', async () => {
  expect(await access.read('a9')).toBeNull();
});

it('a secret that the user does not let us have is there, and not asked for again and again', async () => {
  // KeePassXC asks about each program; keytar then finds nothing.
  keychain.read = async (name) => {
    calls.push(`read ${name}`);
    return null;
  };
  expect(await outcomeOf(access.read('a1'))).toBe('locked');
  expect(await outcomeOf(access.read('a1'))).toBe('locked');
  expect(calls).toEqual(['read a1']);
});

it('a keyring program without a keyring: said at the start without a trial, and when a key is saved', async () => {
  hasDefault = false;
  await access.start();
  expect(access.state()).toBe('no-default');
  expect(calls).toEqual([]);
  expect(await outcomeOf(access.write('a3', 'key-3'))).toBe('no-default');
  expect(await outcomeOf(access.read('a9'))).toBe('no-default');
});

it('nothing is written at a start', async () => {
  await access.start();
  expect(calls.filter((call) => !call.startsWith('read'))).toEqual([]);
});

it('a keyring that appears later is used, and one that dies is missed', async () => {
  isRunning = false;
  await access.start();
  expect(access.state()).toBe('missing');
  expect(await outcomeOf(access.read('a1'))).toBe('silent');
  isRunning = true;
  changed();
  await pass(100);
  expect(access.state()).toBe('ready');
  isRunning = false;
  changed();
  await pass(100);
  expect(states).toEqual(['missing', 'ready', 'missing']);
});

it('a write that is called a success although nothing was stored is none', async () => {
  keychain.write = async () => {};
  expect(await outcomeOf(access.write('a3', 'key-3'))).toBe('locked');
});

describe('on a system that does not say what its keychain would do', () => {
  it('a call that takes long is one that asks the user', async () => {
    access = newAccess(false);
    let answer = (_: string) => {};
    keychain.read = () => new Promise((resolve) => (answer = resolve));
    const reading = access.read('a1');
    await nextTurn();
    await pass(1_500);
    expect(access.state()).toBe('asking');
    answer('key-1');
    expect(await reading).toBe('key-1');
  });

  it.each([
    ['User canceled the operation.', 'locked'],
    ['User interaction is not allowed.', 'locked'],
    ['The user name or passphrase you entered is not correct.', 'locked'],
    ['A specified logon session does not exist.', 'silent'],
    ['An unknown error occurred.', 'silent'],
  ])('“%s” is %s, and what is locked is not asked for again', async (message, kind) => {
    access = newAccess(false);
    let asked = 0;
    keychain.read = async () => {
      asked += 1;
      throw new Error(message);
    };
    for (let again = 0; again < 2; again += 1) {
      expect(await outcomeOf(access.read('a1'))).toBe(kind);
    }
    expect(asked).toBe(kind === 'locked' ? 1 : 2);
  });
});
