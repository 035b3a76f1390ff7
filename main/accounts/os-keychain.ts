import { KeychainFailure } from './keychain-failure';

/** The OS keychain: Secret Service on Linux, Keychain on macOS, Credential Manager on Windows. */
export interface Keychain {
  read(name: string): Promise<string | null>;
  write(name: string, secret: string): Promise<void>;
  remove(name: string): Promise<void>;
}

/** The name under which a person finds our entries in their keychain's own tools. */
export const KEYCHAIN_SERVICE = 'Cliptray';

/** What an entry of the Credential Manager holds: CRED_MAX_CREDENTIAL_BLOB_SIZE. */
const WINDOWS_MAX_BYTES = 2_560;

/**
 * The keychain through keytar. Its native part is loaded at the first call, since a machine without
 * libsecret must still start the app; every call rejects when the keychain cannot be used.
 */
export function osKeychain(): Keychain {
  const keytar = async () => {
    const module = await import('keytar');
    // A CommonJS module: bundlers and Node disagree on where its exports are.
    return module.default ?? module;
  };
  // One call at a time: while a person is asked to unlock it, each call blocks one of libuv's few
  // threads, which also read files and look up host names.
  let last: Promise<unknown> = Promise.resolve();
  function inTurn<T>(call: (module: Awaited<ReturnType<typeof keytar>>) => Promise<T>): Promise<T> {
    const result = last.then(keytar).then(call);
    last = result.catch(() => {});
    return result;
  }
  return {
    read: (name) => inTurn((module) => module.getPassword(KEYCHAIN_SERVICE, name)),
    async write(name, secret) {
      if (process.platform === 'win32' && Buffer.byteLength(secret) > WINDOWS_MAX_BYTES) {
        throw new KeychainFailure('too-long');
      }
      await inTurn((module) => module.setPassword(KEYCHAIN_SERVICE, name, secret));
    },
    remove: (name) =>
      inTurn(async (module) => void (await module.deletePassword(KEYCHAIN_SERVICE, name))),
  };
}
