import type { Clock } from '../domain/clock';
import type { ChangeFeed } from '../events';

/** A keychain may wait for the user. Notifications left from the last run wait no longer than this. */
export const STARTUP_GRACE_MS = 20_000;

/**
 * The time after the app's start in which accounts are still being connected, so that it is not known yet
 * what ended while the app was off. It ends once, when `end` is called or the time is up, and then emits
 * `catchUpEnded`.
 */
export function startStartupGracePeriod(clock: Clock, feed: ChangeFeed) {
  let isOver = false;
  const end = () => {
    if (isOver) return;
    isOver = true;
    cancel();
    feed.emit('catchUpEnded', null);
  };
  const cancel = clock.after(STARTUP_GRACE_MS, end);
  return { isRunning: (): boolean => !isOver, end };
}
