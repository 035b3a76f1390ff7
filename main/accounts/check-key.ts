import type { Account, Profile } from '../domain/account';
import type { ServiceConnection } from '../domain/service';
import { failureOf, type ServiceFailure } from '../domain/service-failure';

/** What the service says of a key, or why it could not be asked. */
type KeyCheck =
  | { profile: Profile; problem: null; remoteText: null }
  | ({ profile: null } & ServiceFailure);

/** Asks the service about the key of a connection. Never throws a ServiceError. */
export async function checkKey(connection: ServiceConnection): Promise<KeyCheck> {
  try {
    return { profile: await connection.profile(), problem: null, remoteText: null };
  } catch (error) {
    return { profile: null, ...failureOf(error) };
  }
}

/** The account with its brands as the service has them now. A brand that is the only one is chosen. */
export function withProfile(account: Account, { brands }: Profile): Account {
  const isThere = brands.some(({ id }) => id === account.brandId);
  const only = brands.length === 1 ? (brands[0]?.id ?? null) : null;
  return { ...account, brands, brandId: isThere ? account.brandId : only };
}
