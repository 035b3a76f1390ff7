import type { KeyHeader } from '../domain/account';
import type { Access } from '../domain/service';
import { ServiceError } from '../domain/service-error';

/**
 * Reads the account's key, ready to be sent in a header. Throws ServiceError `key-missing` when there is
 * none, and `key-refused` for a key that no HTTP header can carry, so no service can have issued it.
 */
export async function readKey(access: Access): Promise<string> {
  let key: string;
  try {
    key = (await access.key()).trim();
  } catch (error) {
    if (error instanceof ServiceError) throw error;
    // The keychain's own error is not passed on: its text may contain anything.
    throw new ServiceError('key-missing');
  }
  if (key === '') throw new ServiceError('key-missing');
  if (!/^[\x21-\x7E]+$/.test(key)) throw new ServiceError('key-refused');
  return key;
}

/** The header that carries the key: `Authorization: Bearer` or `X-Api-Key`, as set for the account. */
export function keyHeaders(header: KeyHeader, key: string): Record<string, string> {
  return header === 'bearer' ? { authorization: `Bearer ${key}` } : { 'x-api-key': key };
}
