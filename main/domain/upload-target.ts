import type { Account } from './account';

/**
 * The account and brand that a video goes to, or why there is none. `possible` are the accounts that
 * take videos. `accountId` is null if none was chosen, `brandId` to use the account's own brand.
 */
export function uploadTarget(
  possible: Account[],
  accountId: string | null,
  brandId: string | null,
): { accountId: string; brandId: string } | 'no-account' | 'no-brand' {
  const account = accountId
    ? possible.find(({ id }) => id === accountId)
    : // A guess among several could put a video where it does not belong.
      possible.length === 1
      ? possible[0]
      : undefined;
  if (!account) return 'no-account';
  // The account may have lost the brand in the meantime: any other one would be wrong.
  if (brandId !== null && !account.brands.some(({ id }) => id === brandId)) return 'no-brand';
  const chosen = brandId ?? account.brandId;
  return chosen === null ? 'no-brand' : { accountId: account.id, brandId: chosen };
}
