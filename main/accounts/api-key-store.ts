import type { KeyLocation } from '../domain/account';
import type { Logger } from '../domain/logger';
import { reason } from '../domain/logger';
import type { Keychain } from './os-keychain';

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

/** The name under which an account's session token is kept, beside its key. */
export function sessionTokenName(accountId: string): string {
  return `${accountId}/session-token`;
}

/**
 * Holds the secrets of all accounts: in the OS keychain, or in this process's memory only. Each has a
 * name of its own; a key's is its account's id.
 */
export function createApiKeyStore(
  keychain: Keychain,
  logger: Logger,
  onSecret: (key: string) => void,
) {
  const memory = new Map<string, string>();

  /** Best effort: without a keychain there is nothing to remove. */
  const removeFromKeychain = (accountId: string) =>
    keychain
      .remove(accountId)
      .catch((error) => logger.warn('the key may stay in the keychain', { reason: reason(error) }));

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

    /** Stores the key. Rejects when the keychain refuses it; the key is then stored nowhere. */
    async save(accountId: string, key: string, location: KeyLocation): Promise<void> {
      onSecret(key);
      if (location === 'keychain') await keychain.write(accountId, key);
      // A key for this session only may replace one in the keychain, which must not stay behind.
      else await removeFromKeychain(accountId);
      memory.set(accountId, key);
    },

    /** The account's key. Throws KeyMissing without one, KeychainSilent when it cannot be read. */
    async key(accountId: string, location: KeyLocation): Promise<string> {
      const known = memory.get(accountId);
      if (known !== undefined) return known;
      if (location === 'session') throw new KeyMissing();
      const key = await keychain.read(accountId).catch((error) => {
        logger.warn('keychain did not answer', { reason: reason(error) });
        throw new KeychainSilent();
      });
      if (key === null) throw new KeyMissing();
      onSecret(key);
      memory.set(accountId, key);
      return key;
    },

    async remove(accountId: string): Promise<void> {
      memory.delete(accountId);
      await removeFromKeychain(accountId);
    },
  };
}

export type ApiKeyStore = ReturnType<typeof createApiKeyStore>;
