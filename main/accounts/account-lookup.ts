import type { Account, ServiceId } from '../domain/account';
import type { ServiceModule } from '../domain/service';
import type { AccountRegistryDeps } from './deps';

/** Finds accounts and their services. */
export function createAccountLookup({ store, services }: AccountRegistryDeps) {
  return {
    /** Throws for a service that this version does not know: a stored account may name one. */
    service(serviceId: ServiceId): ServiceModule {
      const found = services.find(({ id }) => id === serviceId);
      if (!found) throw new Error('unknown service');
      return found;
    },
    /** Throws for an account that does not exist. */
    account(accountId: string): Account {
      const account = store.get(accountId);
      if (!account) throw new Error('unknown account');
      return account;
    },
    /** Accounts of services that this version knows, in the order in which they were added. */
    all: (): Account[] =>
      store.all().filter(({ service }) => services.some(({ id }) => id === service)),
  };
}

export type AccountLookup = ReturnType<typeof createAccountLookup>;
