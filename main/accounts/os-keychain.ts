import { KeychainFailure } from './keychain-failure';
import type { KeychainAnswer, KeychainCall } from './keytar-call';

/** The OS keychain: Secret Service on Linux, Keychain on macOS, Credential Manager on Windows. */
export interface Keychain {
  read(name: string): Promise<string | null>;
  write(name: string, secret: string): Promise<void>;
  remove(name: string): Promise<void>;
}

/** What an entry of the Credential Manager holds: CRED_MAX_CREDENTIAL_BLOB_SIZE. */
const WINDOWS_MAX_BYTES = 2_560;

/** What each service says of a call with a session that it does not know (any more), in English only. */
const NO_SESSION = /\bsession\b/i;

interface Keyring {
  /** How often the keyring's program has left the bus. Its sessions end with it. */
  timesGone(): number;
  /** Makes a call in a process that ends with it. */
  callApart(call: KeychainCall): Promise<KeychainAnswer>;
}

export interface OsKeychainDeps {
  /** Makes a call in this process: `callKeytar`. */
  callHere(call: KeychainCall): Promise<string | null>;
  /** Null where keychains have no sessions. */
  keyring: Keyring | null;
}

/**
 * The keychain; every call rejects when it cannot be used. libsecret keeps the session that its first call
 * opened for as long as the process lives, and keytar cannot have it closed
 * (https://gnome.pages.gitlab.gnome.org/libsecret/type_func.Service.disconnect.html). So once the keyring's
 * program was started again, calls are made in other processes, each of which opens its own.
 */
export function osKeychain({ callHere, keyring }: OsKeychainDeps): Keychain {
  /** `timesGone` when this process may have opened its session; null before the first call. */
  let openedAt: number | null = null;
  let isSessionLost = false;

  async function callApart(on: Keyring, call: KeychainCall): Promise<string | null> {
    const answer = await on.callApart(call);
    if ('failure' in answer) throw new Error(answer.failure);
    return answer.secret;
  }

  async function make(call: KeychainCall): Promise<string | null> {
    if (!keyring) return callHere(call);
    openedAt ??= keyring.timesGone();
    if (isSessionLost || keyring.timesGone() !== openedAt) return callApart(keyring, call);
    try {
      return await callHere(call);
    } catch (error) {
      // Every call can be made twice. KeePassXC also forgets its sessions while it stays on the bus.
      isSessionLost = NO_SESSION.test(String((error as Error | null)?.message));
      if (!isSessionLost && keyring.timesGone() === openedAt) throw error;
      return callApart(keyring, call);
    }
  }

  // One call at a time: while a person is asked to unlock it, each call blocks one of libuv's few
  // threads, which also read files and look up host names.
  let last: Promise<unknown> = Promise.resolve();
  function inTurn(call: KeychainCall): Promise<string | null> {
    const result = last.then(() => make(call));
    last = result.catch(() => {});
    return result;
  }
  return {
    read: (name) => inTurn({ do: 'read', name }),
    async write(name, secret) {
      if (process.platform === 'win32' && Buffer.byteLength(secret) > WINDOWS_MAX_BYTES) {
        throw new KeychainFailure('too-long');
      }
      await inTurn({ do: 'write', name, secret });
    },
    async remove(name) {
      await inTurn({ do: 'remove', name });
    },
  };
}
