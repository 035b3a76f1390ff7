import type { KeyHeader } from '../domain/account';
import type { Access } from '../domain/service';
import { ServiceError } from '../domain/service-error';

/**
 * The account's key, fit to be a header. Throws ServiceError `key-missing` when there is none to be
 * had, and `key-refused` for one that no HTTP header can carry: no service can have issued it.
 */
export async function readKey(access: Access): Promise<string> {
  let key: string;
  try {
    key = (await access.key()).trim();
  } catch (error) {
    if (error instanceof ServiceError) throw error;
    // The keychain's own error is not passed on: nothing is known of what its text holds.
    throw new ServiceError('key-missing');
  }
  if (key === '') throw new ServiceError('key-missing');
  if (!/^[\x21-\x7E]+$/.test(key)) throw new ServiceError('key-refused');
  return key;
}

/** The header that carries the key, as the account says. */
export function keyHeaders(header: KeyHeader, key: string): Record<string, string> {
  return header === 'bearer' ? { authorization: `Bearer ${key}` } : { 'x-api-key': key };
}
