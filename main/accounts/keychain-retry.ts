import type { Clock } from '../domain/clock';
import type { ChangeFeed } from '../events';

/** How long to wait before a keychain that did not answer is asked again. */
const RETRY_MS = 60_000;

/**
 * Asks a keychain again that did not answer: nobody tells when one is unlocked. Calls `retry` a while
 * after each `later`, and whenever the machine wakes up or the network is back.
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
