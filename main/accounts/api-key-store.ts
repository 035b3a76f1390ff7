import { createHash } from 'node:crypto';
import type { KeyLocation } from '../domain/account';
import type { Logger } from '../domain/logger';
import { reason } from '../domain/logger';
import type { Keychain } from './os-keychain';
import type { SecretOrigin } from './secret-origin';

/** Read to learn whether a keychain answers; never written. */
const PROBE = 'availability-check';

/** Raised when an account's key is neither in the keychain nor in memory. */
export class KeyMissing extends Error {
  constructor() {
    super('the key is not in the keychain');
    this.name = 'KeyMissing';
  }
}

/** Raised when the keychain that has the key does not hand it over: it is locked or unreachable. */
export class KeychainSilent extends Error {
  constructor() {
    super('the keychain did not answer');
    this.name = 'KeychainSilent';
  }
}

/** Raised when the key was saved for another origin than the one that it is wanted for. */
export class KeyForOtherOrigin extends Error {
  constructor() {
    super('the key was saved for another address');
    this.name = 'KeyForOtherOrigin';
  }
}

/** The name under which an account's session token is kept, beside its key. */
export function sessionTokenName(accountId: string): string {
  return `${accountId}/session-token`;
}

/** The name under which the origin of a secret is kept, beside it. */
const originName = (name: string) => `${name}/origin`;

/**
 * An origin as it is kept: with a digest of its secret. The two entries cannot be written at once, and an
 * origin must never count for another secret, such as the one that a failed write left in place.
 */
const originEntry = (origin: string, secret: string) =>
  `${origin} ${createHash('sha256').update(secret).digest('hex')}`;

/**
 * Holds the secrets of all accounts: in the OS keychain, or in this process's memory only. Each has a
 * name of its own; a key's is its account's id. A secret is handed out only for the origin that it was
 * saved for: the addresses of services can be changed from outside, by an environment variable.
 */
export function createApiKeyStore(
  keychain: Keychain,
  logger: Logger,
  onSecret: (key: string) => void,
) {
  const memory = new Map<string, { secret: string; origin: string }>();

  /** Best effort: without a keychain there is nothing to remove. */
  async function removeFromKeychain(name: string): Promise<void> {
    try {
      await keychain.remove(name);
      await keychain.remove(originName(name));
    } catch (error) {
      logger.warn('the key may stay in the keychain', { reason: reason(error) });
    }
  }

  /** Stores the origin first: without its secret it means nothing, but a secret without it would. */
  async function writeToKeychain(name: string, secret: string, origin: string): Promise<void> {
    const before = await keychain.read(originName(name));
    await keychain.write(originName(name), originEntry(origin, secret));
    try {
      await keychain.write(name, secret);
    } catch (error) {
      // The secret that stays needs its own origin again; if that fails too, it is not handed out.
      const undo =
        before === null
          ? keychain.remove(originName(name))
          : keychain.write(originName(name), before);
      await undo.catch(() => {});
      throw error;
    }
  }

  /** Throws KeyMissing without a secret, or for an origin entry that is not about it. */
  async function readFromKeychain(name: string, defaultOrigin: string) {
    const secret = await keychain.read(name);
    if (secret === null) throw new KeyMissing();
    onSecret(secret);
    const entry = await keychain.read(originName(name));
    const origin = entry === null ? defaultOrigin : (entry.split(' ')[0] ?? '');
    if (entry !== null && entry !== originEntry(origin, secret)) {
      logger.warn('the origin in the keychain is not that of the key');
      throw new KeyMissing();
    }
    return { secret, origin };
  }

  return {
    /** Whether a keychain answers. Reads an entry that does not exist, which unlocks nothing. */
    async available(): Promise<boolean> {
      try {
        await keychain.read(PROBE);
        return true;
      } catch (error) {
        logger.warn('no keychain', { reason: reason(error) });
        return false;
      }
    },

    /**
     * Stores the key with the origin that it may be sent to. Rejects when the keychain refuses it; what
     * was stored before stays then.
     */
    async save(name: string, key: string, location: KeyLocation, origin: string): Promise<void> {
      onSecret(key);
      if (location === 'keychain') await writeToKeychain(name, key, origin);
      // A key for this session only may replace one in the keychain, which must not stay behind.
      else await removeFromKeychain(name);
      memory.set(name, { secret: key, origin });
    },

    /**
     * The key, for a call to that origin. Throws KeyMissing without one, KeychainSilent when it cannot
     * be read, KeyForOtherOrigin when it must not be sent there.
     */
    async key(
      name: string,
      location: KeyLocation,
      { origin, defaultOrigin }: SecretOrigin,
    ): Promise<string> {
      let known = memory.get(name);
      if (known === undefined) {
        if (location === 'session') throw new KeyMissing();
        known = await readFromKeychain(name, defaultOrigin).catch((error) => {
          if (error instanceof KeyMissing) throw error;
          logger.warn('keychain did not answer', { reason: reason(error) });
          throw new KeychainSilent();
        });
        memory.set(name, known);
      }
      if (known.origin !== origin) throw new KeyForOtherOrigin();
      return known.secret;
    },

    async remove(name: string): Promise<void> {
      memory.delete(name);
      await removeFromKeychain(name);
    },
  };
}

export type ApiKeyStore = ReturnType<typeof createApiKeyStore>;
