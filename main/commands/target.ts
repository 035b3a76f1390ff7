import type { Account } from '../domain/account';

/**
 * The account and brand a video goes to, or why there is none. `possible` are the accounts that
 * take videos; `accountId` is null when nobody chose.
 */
export function videoTarget(
  possible: Account[],
  accountId: string | null,
): { accountId: string; brandId: string } | 'no-account' | 'no-brand' {
  const account = accountId
    ? possible.find(({ id }) => id === accountId)
    : // Guessing among several would put a video where it does not belong.
      possible.length === 1
      ? possible[0]
      : undefined;
  if (!account) return 'no-account';
  if (!account.brandId) return 'no-brand';
  return { accountId: account.id, brandId: account.brandId };
}
