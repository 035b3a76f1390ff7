/** What an account has left to spend. Null where the service does not say. */
export interface Credits {
  unit: 'coins' | 'credits';
  balance: number | null;
  /** The balance in the service's own words, where it gives some. */
  balanceText: string | null;
  /** What the account gets each period. */
  allocation: number | null;
  used: number | null;
  resetAtMs: number | null;
  /** What it was spent on, by the service's own names. */
  breakdown: { name: string; amount: number }[];
  /** Newest entries of the statement, where the service shows them here. */
  recent: { atMs: number | null; description: string | null; amount: number | null }[];
}
