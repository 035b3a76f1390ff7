import { createHash } from 'node:crypto';
import type { KeyLocation } from '../domain/account';
import type { Logger } from '../domain/logger';
import { reason } from '../domain/logger';
import { keychainFailure } from './keychain-failure';
import type { Keychain } from './os-keychain';
import type { SecretOrigin } from './secret-origin';

/** Raised when an account's key is neither in the keychain nor in memory. */
export class KeyMissing extends Error {
  constructor() {
    super('the key is not in the keychain');
    this.name = 'KeyMissing';
  }
}

/** Secrets that are to be removed from the keychain as soon as it allows that, even after a restart. */
interface Removals {
  all(): string[];
  has(name: string): boolean;
  add(name: string): void;
  delete(name: string): void;
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
  removals: Removals,
  logger: Logger,
  onSecret: (key: string) => void,
) {
  /** Null for one that was removed: a read that began earlier must not bring it back. */
  const memory = new Map<string, { secret: string; origin: string } | null>();
  /** The latest change of each secret in the keychain. */
  const turns = new Map<string, Promise<void>>();

  /**
   * One change of a secret at a time: each takes several calls, and a removal that was tried again between
   * those of a save would take what was just saved, or only its origin.
   */
  function inTurn(name: string, change: () => Promise<void>): Promise<void> {
    const result = (turns.get(name) ?? Promise.resolve()).then(change);
    const turn = result
      .catch(() => {})
      .finally(() => {
        if (turns.get(name) === turn) turns.delete(name);
      });
    turns.set(name, turn);
    return result;
  }

  /** Keeps in mind that the secret is to go. On a full disk it can only be tried now. Never throws. */
  function noteRemoval(name: string): void {
    try {
      removals.add(name);
    } catch (error) {
      logger.warn('the removal of a key is not kept in mind', { reason: reason(error) });
    }
  }

  /** Removes the secret now if the keychain lets us, or else later. Never throws. */
  async function removeFromKeychain(name: string): Promise<void> {
    noteRemoval(name);
    try {
      await keychain.remove(name);
      await keychain.remove(originName(name));
      removals.delete(name);
    } catch (error) {
      logger.warn('a key is removed from the keychain later', { reason: reason(error) });
    }
  }

  /** Stores the origin first: without its secret it means nothing, but a secret without it would. */
  async function writeToKeychain(name: string, secret: string, origin: string): Promise<void> {
    // When this cannot be read, the write says why.
    const before = await keychain.read(originName(name)).catch(() => null);
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
    /** Removes what the keychain did not let go of earlier. Never throws. */
    async removeLater(): Promise<void> {
      try {
        for (const name of removals.all()) {
          await inTurn(name, async () => {
            // It may have been saved again while this waited.
            if (removals.has(name)) await removeFromKeychain(name);
          });
        }
      } catch (error) {
        logger.warn('keys are removed from the keychain later', { reason: reason(error) });
      }
    },

    /**
     * Stores the key with the origin that it may be sent to. Throws KeychainFailure when the keychain
     * refuses it, StorageError when the store does; what was in use before stays in use then.
     */
    async save(name: string, key: string, location: KeyLocation, origin: string): Promise<void> {
      onSecret(key);
      await inTurn(name, async () => {
        if (location === 'keychain') {
          await writeToKeychain(name, key, origin);
          removals.delete(name);
          memory.set(name, { secret: key, origin });
        } else {
          memory.set(name, { secret: key, origin });
          // It may replace one in the keychain, which must not stay behind.
          await removeFromKeychain(name);
        }
      });
    },

    /**
     * The key, for a call to that origin. Throws KeyMissing without one, KeychainFailure when it cannot
     * be read, KeyForOtherOrigin when it must not be sent there.
     */
    async key(
      name: string,
      location: KeyLocation,
      { origin, defaultOrigin }: SecretOrigin,
    ): Promise<string> {
      let known = memory.get(name);
      if (known === undefined) {
        if (location === 'session' || removals.has(name)) throw new KeyMissing();
        const read = await readFromKeychain(name, defaultOrigin).catch((error) =>
          error instanceof KeyMissing ? error : keychainFailure(error),
        );
        // The user may have entered another key, or removed this one, while the keychain's question was open.
        known = memory.get(name);
        if (known === undefined) {
          if (read instanceof Error) throw read;
          known = read;
          memory.set(name, known);
        }
      }
      if (known === null) throw new KeyMissing();
      if (known.origin !== origin) throw new KeyForOtherOrigin();
      return known.secret;
    },

    /** Forgets the secret at once, and removes it from the keychain as soon as that lets us. Never throws. */
    async remove(name: string): Promise<void> {
      memory.set(name, null);
      // Before its turn: the app may be quit while a change before it waits for the user.
      noteRemoval(name);
      await inTurn(name, async () => {
        memory.set(name, null);
        await removeFromKeychain(name);
      });
    },
  };
}

export type ApiKeyStore = ReturnType<typeof createApiKeyStore>;
