/** The name under which a person finds our entries in their keychain's own tools. */
export const KEYCHAIN_SERVICE = 'Cliptray';

/** What the keychain is asked for. `name` is the entry's. */
export type KeychainCall =
  | { do: 'read' | 'remove'; name: string }
  | { do: 'write'; name: string; secret: string };

/** How a call ended in another process. */
export type KeychainAnswer = { secret: string | null } | { failure: string };

/**
 * Calls keytar. Its native part is loaded at the first call, since a machine without libsecret must still
 * start the app. Returns the secret that was read, or null; rejects when the keychain cannot be used.
 */
export async function callKeytar(call: KeychainCall): Promise<string | null> {
  const module = await import('keytar');
  // A CommonJS module: bundlers and Node disagree on where its exports are.
  const keytar = module.default ?? module;
  if (call.do === 'read') return keytar.getPassword(KEYCHAIN_SERVICE, call.name);
  if (call.do === 'write') await keytar.setPassword(KEYCHAIN_SERVICE, call.name, call.secret);
  else await keytar.deletePassword(KEYCHAIN_SERVICE, call.name);
  return null;
}
