/** How waits grow from failure to failure. */
export interface BackoffPolicy {
  firstMs: number;
  maxMs: number;
}

/**
 * The app's one backoff: the wait after the `failures`-th failure in a row (1 is the first), in
 * milliseconds. It doubles up to a limit. Half of it is jitter, so that clients that failed together do
 * not retry together; the other half keeps any of them from retrying at once.
 * `random` is in [0, 1). https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export function backoffMs(
  { firstMs, maxMs }: BackoffPolicy,
  failures: number,
  random: number,
): number {
  const wholeMs = Math.min(maxMs, firstMs * 2 ** Math.min(failures - 1, 30));
  return wholeMs / 2 + (wholeMs / 2) * random;
}
