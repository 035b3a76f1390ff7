import type { AccountRegistry } from '../accounts/registry';
import type { Handlers } from './handlers';

/** The verb about what an account has left to spend. */
export function createCreditCommands(accounts: Pick<AccountRegistry, 'credits'>) {
  return {
    'account.credits': ({ accountId }) => accounts.credits(accountId),
  } satisfies Partial<Handlers>;
}
