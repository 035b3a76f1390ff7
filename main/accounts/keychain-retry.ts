import type { Clock } from '../domain/clock';
import type { ChangeFeed } from '../events';

/** How long to wait before a keychain that did not answer is tried again. */
const RETRY_MS = 60_000;

/**
 * Tries a silent keychain again, since no event says when one is unlocked. Calls `retry` a minute after
 * the last `later`, and whenever the machine wakes up or the network returns.
 */
export function createKeychainRetry(
  { feed, clock }: { feed: ChangeFeed; clock: Clock },
  retry: () => void,
) {
  let cancel: (() => void) | null = null;
  const stopListening = feed.on('connectivity', ({ kind }) => {
    if (kind === 'resumed') retry();
  });
  return {
    later(): void {
      cancel?.();
      cancel = clock.after(RETRY_MS, retry);
    },
    close(): void {
      cancel?.();
      stopListening();
    },
  };
}
