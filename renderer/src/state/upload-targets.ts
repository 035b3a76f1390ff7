import type { AccountView, Brand } from '../../../preload/contract';

/** Where an upload can go: an account, and one of its brands. */
export interface UploadTarget {
  account: AccountView;
  /** Null for an account with at most one brand. */
  brand: Brand | null;
}

/**
 * Every upload target of these accounts, in their order: one for each brand of an account that has
 * several, starting with the brand that was used last.
 */
export function uploadTargets(
  accounts: AccountView[],
  lastBrands: Readonly<Record<string, string>>,
): UploadTarget[] {
  return accounts.flatMap((account): UploadTarget[] => {
    if (account.brands.length < 2) return [{ account, brand: null }];
    const last = lastBrands[account.id] ?? account.brandId;
    const first = account.brands.filter(({ id }) => id === last);
    const others = account.brands.filter(({ id }) => id !== last);
    return [...first, ...others].map((brand) => ({ account, brand }));
  });
}
