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
    /** In coins, as last read; null if it has not been read, or the service does not report it. */
    balance,
    /** Stores a balance that was read; null when the known one is out of date. */
    setBalance,

    /** The balance in coins, read from the service if it is not known. Null if it cannot be read. */
    async readBalance(accountId: string): Promise<number | null> {
      const known = balance(accountId);
      const credits = connection(accountId)?.credits;
      if (known !== null || !credits) return known;
      try {
        const read = (await credits()).balance;
        setBalance(accountId, read);
        return read;
      } catch (error) {
        // The user sees no error: the balance simply counts as unknown.
        failureOf(error);
        return null;
      }
    },

    /** What is left to spend, in all the detail that the service gives. */
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
