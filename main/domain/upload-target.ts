import type { Account } from './account';

/**
 * The account and brand a video goes to, or why there is none. `possible` are the accounts that
 * take videos; `accountId` is null when nobody chose, `brandId` when it is the account's own choice.
 */
export function uploadTarget(
  possible: Account[],
  accountId: string | null,
  brandId: string | null,
): { accountId: string; brandId: string } | 'no-account' | 'no-brand' {
  const account = accountId
    ? possible.find(({ id }) => id === accountId)
    : // Guessing among several would put a video where it does not belong.
      possible.length === 1
      ? possible[0]
      : undefined;
  if (!account) return 'no-account';
  // A brand that the account has lost meanwhile: another one would be the wrong place.
  if (brandId !== null && !account.brands.some(({ id }) => id === brandId)) return 'no-brand';
  const chosen = brandId ?? account.brandId;
  return chosen === null ? 'no-brand' : { accountId: account.id, brandId: chosen };
}
