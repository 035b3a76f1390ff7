/** The OS keychain: Secret Service on Linux, Keychain on macOS, Credential Manager on Windows. */
export interface Keychain {
  read(name: string): Promise<string | null>;
  write(name: string, secret: string): Promise<void>;
  remove(name: string): Promise<void>;
}

/** The name under which a person finds our entries in the keychain's own tools. */
const SERVICE = 'Cliptray';

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
  return {
    read: async (name) => (await keytar()).getPassword(SERVICE, name),
    write: async (name, secret) => (await keytar()).setPassword(SERVICE, name, secret),
    async remove(name) {
      await (await keytar()).deletePassword(SERVICE, name);
    },
  };
}
