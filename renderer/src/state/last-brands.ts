const STORAGE_KEY = 'last-brands';

/** The brand that the last upload of each account on this computer went to. */
export function readLastBrands(): Readonly<Record<string, string>> {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? '{}');
    if (typeof stored !== 'object' || stored === null || Array.isArray(stored)) return {};
    return Object.fromEntries(
      Object.entries(stored).filter(
        (entry): entry is [string, string] => typeof entry[1] === 'string',
      ),
    );
  } catch {
    return {};
  }
}

/** Remembers the chosen brand, if the page may store anything. */
export function rememberBrand(accountId: string, brandId: string): void {
  try {
    const brands = { ...readLastBrands(), [accountId]: brandId };
    localStorage.setItem(STORAGE_KEY, JSON.stringify(brands));
  } catch {
    // Without storage the account's own brand is proposed the next time.
  }
}
