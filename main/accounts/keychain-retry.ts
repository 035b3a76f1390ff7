import type { Clock } from '../domain/clock';
import type { ChangeFeed } from '../events';

/** How long to wait before a keychain that did not answer is tried again. */
const RETRY_MS = 60_000;

/**
 * Tries a silent keychain again. Calls `retry` whenever the keychain may answer differently, and, since not
 * every system says so, a minute after the last `later`, after a wake and when the network returns.
 */
export function createKeychainRetry(
  { feed, clock }: { feed: ChangeFeed; clock: Clock },
  retry: () => void,
) {
  let cancel: (() => void) | null = null;
  const stopListening = [
    feed.on('keychainChecked', retry),
    feed.on('connectivity', ({ kind }) => {
      if (kind === 'resumed') retry();
    }),
  ];
  return {
    later(): void {
      cancel?.();
      cancel = clock.after(RETRY_MS, retry);
    },
    close(): void {
      cancel?.();
      for (const stop of stopListening) stop();
    },
  };
}
