import type { Credits } from '../domain/credits';
import type { ServiceConnection } from '../domain/service';
import { failureOf } from '../domain/service-failure';
import { type ServiceRead, serviceRead } from '../domain/service-read';
import type { ChangeFeed } from '../events';

/** What accounts have left to spend, as last read: in memory only. */
export function createBalances(
  feed: ChangeFeed,
  connection: (accountId: string) => ServiceConnection | null,
) {
  const coins = new Map<string, number | null>();

  const balance = (accountId: string): number | null => coins.get(accountId) ?? null;

  function setBalance(accountId: string, balanceCoins: number | null): void {
    coins.set(accountId, balanceCoins);
    feed.emit('balance', { accountId });
  }

  return {
    /** In coins, as last read; null where it was not, or the service does not tell. */
    balance,
    /** Takes over what was read; null when what was known is no longer true. */
    setBalance,

    /** The balance in coins, read where it is not known. Null where it cannot be read. */
    async readBalance(accountId: string): Promise<number | null> {
      const known = balance(accountId);
      const credits = connection(accountId)?.credits;
      if (known !== null || !credits) return known;
      try {
        const read = (await credits()).balance;
        setBalance(accountId, read);
        return read;
      } catch (error) {
        // Not told to the user: the balance is shown as not known.
        failureOf(error);
        return null;
      }
    },

    /** What is left to spend, in every detail that the service gives. */
    credits: (accountId: string): Promise<ServiceRead<Credits>> =>
      serviceRead(
        connection(accountId),
        (one) => one.credits,
        (credits) => credits(),
      ),

    forgetBalance: (accountId: string): void => void coins.delete(accountId),
  };
}

export type Balances = ReturnType<typeof createBalances>;
