import type { Clock } from '../domain/clock';

/** A keychain may wait for a person: what the last run left is not kept back for longer than this. */
export const STARTUP_GRACE_MS = 20_000;

/**
 * Whether accounts are still being started, so that nobody knows yet what ended while the app was
 * off. Calls `onOver` once, when they have started or the time is over.
 */
export function startStartupGracePeriod(clock: Clock, onOver: () => void) {
  let over = false;
  const end = () => {
    if (over) return;
    over = true;
    cancel();
    onOver();
  };
  const cancel = clock.after(STARTUP_GRACE_MS, end);
  return { isStarting: (): boolean => !over, end };
}
