import { setImmediate as nextTurn } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  createApiKeyStore,
  KeyForOtherOrigin,
  KeyMissing,
} from '../../../main/accounts/api-key-store';
import { KeychainFailure } from '../../../main/accounts/keychain-failure';
import type { Keychain } from '../../../main/accounts/os-keychain';
import { secretOrigin } from '../../../main/accounts/secret-origin';
import { StorageError } from '../../../main/domain/storage-error';
import { serviceAddress } from '../../../main/http/service-address';
import { clipping } from '../../../main/services/clipping/module';

const logger = { info() {}, warn() {}, error() {} };

/** The origin of calls while an environment variable sets the address; null for the service's own. */
function at(address: string | null) {
  const { baseUrl } = serviceAddress(clipping, { [clipping.baseUrlVariable]: address ?? '' });
  return secretOrigin(clipping, baseUrl);
}
const OWN = at(null);

let kept: Map<string, string>;
let keychain: Keychain;
let announced: string[];
let names: Set<string>;
let isDiskFull: boolean;
function refuseWhenFull(): void {
  if (isDiskFull) throw new StorageError('full', 'database or disk is full');
}
/** Kept over restarts, as the keychain is. */
const removals = {
  all: () => [...names],
  has: (name: string) => names.has(name),
  add(name: string): void {
    refuseWhenFull();
    names.add(name);
  },
  delete(name: string): void {
    if (names.has(name)) refuseWhenFull();
    names.delete(name);
  },
};

beforeEach(() => {
  kept = new Map();
  names = new Set();
  isDiskFull = false;
  announced = [];
  keychain = {
    read: async (name) => kept.get(name) ?? null,
    write: async (name, secret) => void kept.set(name, secret),
    remove: async (name) => void kept.delete(name),
  };
});

const apiKeys = () => createApiKeyStore(keychain, removals, logger, (key) => announced.push(key));
const broken = () => Promise.reject(new Error('no secret service'));

/** Holds back calls of that method of the keychain, for these names, until they are let go. */
function holdBack(method: keyof Keychain, ...held: string[]) {
  const original: (name: string, secret: string) => Promise<unknown> = keychain[method];
  const waiting: string[] = [];
  let letGo = () => {};
  let refuse = (_: Error) => {};
  const answered = new Promise<void>((resolve, reject) => {
    letGo = resolve;
    refuse = reject;
  });
  answered.catch(() => {});
  const call = async (name: string, secret = '') => {
    if (held.includes(name)) {
      waiting.push(name);
      await answered;
    }
    return original(name, secret);
  };
  keychain = { ...keychain, [method]: call };
  return { waiting, letGo: () => letGo(), refuse: (error: Error) => refuse(error) };
}

describe('a key', () => {
  it('is found again after a restart when it was put in the keychain', async () => {
    await apiKeys().save('a1', 'the-key', 'keychain', OWN.origin);
    expect(await apiKeys().key('a1', 'keychain', OWN)).toBe('the-key');
  });

  it('never reaches the keychain when it is for this session only', async () => {
    const session = apiKeys();
    await session.save('a1', 'the-key', 'session', OWN.origin);
    expect(await session.key('a1', 'session', OWN)).toBe('the-key');
    expect(kept.size).toBe(0);
    await expect(apiKeys().key('a1', 'session', OWN)).rejects.toThrow(KeyMissing);
  });

  it('is stored nowhere when the keychain refuses it: there is no silent fallback', async () => {
    keychain.write = broken;
    const refused = apiKeys();
    await expect(refused.save('a1', 'the-key', 'keychain', OWN.origin)).rejects.toThrow();
    await expect(refused.key('a1', 'keychain', OWN)).rejects.toThrow(KeyMissing);
  });

  it('is known to the log’s redactor before anything can be logged about it', async () => {
    keychain.write = broken;
    await apiKeys()
      .save('a1', 'the-key', 'keychain', OWN.origin)
      .catch(() => {});
    expect(announced).toEqual(['the-key']);
  });

  it('is gone from both places when it is removed', async () => {
    const own = apiKeys();
    await own.save('a1', 'the-key', 'keychain', OWN.origin);
    await own.remove('a1');
    expect(kept.size).toBe(0);
    await expect(own.key('a1', 'keychain', OWN)).rejects.toThrow(KeyMissing);
  });
});

describe('a key for this session only', () => {
  it('removes the one in the keychain, which would stay there for ever', async () => {
    const own = apiKeys();
    await own.save('a1', 'old-key', 'keychain', OWN.origin);
    await own.save('a1', 'new-key', 'session', OWN.origin);
    expect(kept.size).toBe(0);
    expect(await own.key('a1', 'session', OWN)).toBe('new-key');
  });
});

it('a keychain that does not answer is distinguished from a missing key', async () => {
  await apiKeys().save('a1', 'the-key', 'keychain', OWN.origin);
  keychain.read = broken;
  await expect(apiKeys().key('a1', 'keychain', OWN)).rejects.toThrow(KeychainFailure);
});

describe('a key that is removed while the keychain is locked', () => {
  beforeEach(async () => {
    await apiKeys().save('a1', 'the-key', 'keychain', OWN.origin);
    const { remove } = keychain;
    keychain.remove = () => Promise.reject(new KeychainFailure('locked'));
    await apiKeys().remove('a1');
    keychain.remove = remove;
  });

  it('leaves it as soon as that is possible, even after a restart', async () => {
    expect(kept.size).toBe(2);
    await apiKeys().removeLater();
    expect(kept.size).toBe(0);
    expect([...removals.all()]).toEqual([]);
  });

  it('is not used any more, although it is still there', async () => {
    await expect(apiKeys().key('a1', 'keychain', OWN)).rejects.toThrow(KeyMissing);
  });

  it('is not removed if it was saved again meanwhile', async () => {
    await apiKeys().save('a1', 'new-key', 'keychain', OWN.origin);
    await apiKeys().removeLater();
    expect(await apiKeys().key('a1', 'keychain', OWN)).toBe('new-key');
  });
});

describe('a key is only handed out for the origin that it was saved for', () => {
  const SAVED = 'https://staging.example:8443/api';
  const OTHERS = [
    'https://staging.example/api',
    'https://staging.example:8444/api',
    'https://staging.example.:8443/api',
    'https://www.staging.example:8443/api',
    'http://127.0.0.1:8443/api',
    // No usable addresses: nothing is called at all.
    'http://staging.example:8443/api',
    'https://user@staging.example:8443/api',
    'staging.example:8443',
  ];

  it.each(OTHERS)('so not for %s', async (other) => {
    await apiKeys().save('a1', 'the-key', 'keychain', at(SAVED).origin);
    await expect(apiKeys().key('a1', 'keychain', at(other))).rejects.toThrow(KeyForOtherOrigin);
    // Nor for the service's own address: what was entered for a server at work is not its business.
    await expect(apiKeys().key('a1', 'keychain', OWN)).rejects.toThrow(KeyForOtherOrigin);
    expect(await apiKeys().key('a1', 'keychain', at(SAVED))).toBe('the-key');
  });

  it.each(['https://STAGING.example:8443/other/path', ' https://staging.example:8443 '])(
    'which %s is too',
    async (same) => {
      await apiKeys().save('a1', 'the-key', 'keychain', at(SAVED).origin);
      expect(await apiKeys().key('a1', 'keychain', at(same))).toBe('the-key');
    },
  );

  it('one that an earlier edition saved was for the service’s own address', async () => {
    kept.set('a1', 'the-key');
    await expect(apiKeys().key('a1', 'keychain', at(SAVED))).rejects.toThrow(KeyForOtherOrigin);
    expect(await apiKeys().key('a1', 'keychain', OWN)).toBe('the-key');
  });

  it('one in memory too', async () => {
    const own = apiKeys();
    await own.save('a1', 'the-key', 'session', OWN.origin);
    await expect(own.key('a1', 'session', at(SAVED))).rejects.toThrow(KeyForOtherOrigin);
  });

  it('and an origin counts for its own key only: not for one that was left by a failed write', async () => {
    await apiKeys().save('a1', 'work-key', 'keychain', at(SAVED).origin);
    const { write } = keychain;
    keychain.write = (name, secret) => (name === 'a1' ? broken() : write(name, secret));
    await expect(apiKeys().save('a1', 'new-key', 'keychain', OWN.origin)).rejects.toThrow();
    expect(await apiKeys().key('a1', 'keychain', at(SAVED))).toBe('work-key');
    // The app was killed between the two writes.
    kept.set('a1/origin', `${OWN.origin} 0123`);
    await expect(apiKeys().key('a1', 'keychain', OWN)).rejects.toThrow(KeyMissing);
    await expect(apiKeys().key('a1', 'keychain', at(SAVED))).rejects.toThrow(KeyMissing);
  });

  it.each(['', ' ', 'https://staging.example:8443', `${OWN.origin} `, '{"origin":1}', '\0\0'])(
    'so with a damaged origin, %j, it is not sent anywhere',
    async (damaged) => {
      kept.set('a1', 'the-key').set('a1/origin', damaged);
      for (const origin of [OWN, at(SAVED)]) {
        await expect(apiKeys().key('a1', 'keychain', origin)).rejects.toThrow(KeyMissing);
      }
    },
  );
});

describe('a key that is entered when the removal of an earlier one waits', () => {
  const WORK = at('https://staging.example:8443/api');

  beforeEach(async () => {
    await apiKeys().save('a1', 'old-key', 'keychain', OWN.origin);
    names.add('a1');
  });

  it.each([
    ['its origin', 'a1/origin'],
    ['the key', 'a1'],
  ])('stays with its origin if the removal is tried while %s is written', async (_what, name) => {
    const write = holdBack('write', name);
    const own = apiKeys();
    const saved = own.save('a1', 'new-key', 'keychain', WORK.origin);
    await expect.poll(() => write.waiting).toEqual([name]);
    const removed = own.removeLater();
    await nextTurn();
    write.letGo();
    await Promise.all([saved, removed]);
    // After a restart.
    expect(await apiKeys().key('a1', 'keychain', WORK)).toBe('new-key');
    await expect(apiKeys().key('a1', 'keychain', OWN)).rejects.toThrow(KeyForOtherOrigin);
    expect([...names]).toEqual([]);
  });

  it('stays with its origin if it is entered while the earlier one is being removed', async () => {
    const remove = holdBack('remove', 'a1', 'a1/origin');
    const own = apiKeys();
    const removed = own.removeLater();
    await expect.poll(() => remove.waiting).toEqual(['a1']);
    const saved = own.save('a1', 'new-key', 'keychain', WORK.origin);
    await nextTurn();
    remove.letGo();
    await Promise.all([saved, removed]);
    expect(await apiKeys().key('a1', 'keychain', WORK)).toBe('new-key');
  });

  it('does not take the removal’s mark with it when the keychain refuses it', async () => {
    keychain.write = broken;
    await expect(apiKeys().save('a1', 'new-key', 'keychain', OWN.origin)).rejects.toThrow();
    await apiKeys().removeLater();
    expect(kept.size).toBe(0);
  });

  it('goes if it is removed while it is being saved, and is not used any more', async () => {
    const write = holdBack('write', 'a1');
    const own = apiKeys();
    const saved = own.save('a1', 'new-key', 'keychain', OWN.origin);
    await expect.poll(() => write.waiting).toEqual(['a1']);
    const removed = own.remove('a1');
    // Should the app be quit now, the removal is made up for.
    expect([...names]).toEqual(['a1']);
    write.letGo();
    await Promise.all([saved, removed]);
    expect(kept.size).toBe(0);
    await expect(own.key('a1', 'keychain', OWN)).rejects.toThrow(KeyMissing);
  });
});

describe('while the keychain asks its user about a key', () => {
  beforeEach(() => apiKeys().save('a1', 'old-key', 'keychain', OWN.origin));

  it.each(['keychain', 'session'] as const)(
    'a newer one, kept in the %s, is used whatever the answer is',
    async (location) => {
      for (const answer of ['yes', 'no']) {
        const read = holdBack('read', 'a1');
        const own = apiKeys();
        const known = own.key('a1', 'keychain', OWN);
        await expect.poll(() => read.waiting).toEqual(['a1']);
        await own.save('a1', 'new-key', location, OWN.origin);
        if (answer === 'yes') read.letGo();
        else read.refuse(new KeychainFailure('locked'));
        expect(await known).toBe('new-key');
        expect(await own.key('a1', location, OWN)).toBe('new-key');
      }
    },
  );

  it('one that is removed is not handed out, nor ever again', async () => {
    const read = holdBack('read', 'a1');
    const own = apiKeys();
    const known = own.key('a1', 'keychain', OWN);
    await expect.poll(() => read.waiting).toEqual(['a1']);
    await own.remove('a1');
    kept.set('a1', 'old-key');
    read.letGo();
    await expect(known).rejects.toThrow(KeyMissing);
    await expect(own.key('a1', 'keychain', OWN)).rejects.toThrow(KeyMissing);
  });
});

describe('on a full disk', () => {
  beforeEach(() => {
    isDiskFull = true;
  });

  it('a key that is removed leaves the keychain all the same', async () => {
    const own = apiKeys();
    await own.save('a1', 'the-key', 'keychain', OWN.origin);
    await own.remove('a1');
    expect(kept.size).toBe(0);
  });

  it('a key for this session only can be used: nothing is stored for it', async () => {
    const own = apiKeys();
    await own.save('a1', 'the-key', 'session', OWN.origin);
    expect(await own.key('a1', 'session', OWN)).toBe('the-key');
  });

  it('removals that wait are tried without an unhandled error', async () => {
    names.add('a1').add('a2');
    kept.set('a1', 'key-1').set('a2', 'key-2');
    await apiKeys().removeLater();
    expect(kept.size).toBe(0);
    const unreadable = {
      ...removals,
      all(): string[] {
        throw new StorageError('failing', 'disk I/O error');
      },
    };
    await createApiKeyStore(keychain, unreadable, logger, () => {}).removeLater();
  });
});
