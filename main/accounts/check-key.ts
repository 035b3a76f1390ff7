import type { Account, Profile } from '../domain/account';
import type { ServiceConnection } from '../domain/service';
import { failureOf, type ServiceFailure } from '../domain/service-failure';

/** What the service says about a key, or why the check failed. */
type KeyCheck =
  | { profile: Profile; problem: null; remoteText: null }
  | ({ profile: null } & ServiceFailure);

/** Checks the key of a connection with its service. Never throws a ServiceError. */
export async function checkKey(connection: ServiceConnection): Promise<KeyCheck> {
  try {
    return { profile: await connection.profile(), problem: null, remoteText: null };
  } catch (error) {
    return { profile: null, ...failureOf(error) };
  }
}

/** The account with its brands as the service has them now. If there is only one, it is chosen. */
export function withProfile(account: Account, { brands }: Profile): Account {
  const isThere = brands.some(({ id }) => id === account.brandId);
  const only = brands.length === 1 ? (brands[0]?.id ?? null) : null;
  return { ...account, brands, brandId: isThere ? account.brandId : only };
}
