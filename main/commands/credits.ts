import type { ServiceConnection } from '../domain/service';
import type { Handlers } from './handlers';
import { serviceRead } from './service-read';

/** The verb about what an account has left to spend. */
export function createCreditCommands(connection: (accountId: string) => ServiceConnection | null) {
  return {
    'account.credits': ({ accountId }) =>
      serviceRead(
        connection(accountId),
        (one) => one.credits,
        (credits) => credits(),
      ),
  } satisfies Partial<Handlers>;
}
