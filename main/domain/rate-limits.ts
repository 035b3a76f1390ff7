/** An account's limits as the service last reported them. Null where it did not. */
export interface RateLimits {
  limit: number | null;
  remaining: number | null;
  /** When `remaining` is full again. */
  resetAtMs: number | null;
  /** No call before this time. */
  retryAtMs: number | null;
}
