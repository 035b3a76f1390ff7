import type { Clock } from '../domain/clock';

/** A keychain may wait for a person: what the last run left is not kept back for longer than this. */
export const LONGEST_START_MS = 20_000;

/**
 * Whether accounts are still being started, so that nobody knows yet what ended while the app was
 * off. Calls `onOver` once, when they have started or the time is over.
 */
export function followStart(clock: Clock, onOver: () => void) {
  let over = false;
  const end = () => {
    if (over) return;
    over = true;
    cancel();
    onOver();
  };
  const cancel = clock.after(LONGEST_START_MS, end);
  return { isStarting: (): boolean => !over, end };
}
