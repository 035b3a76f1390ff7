import type { Clock } from '../../domain/clock';
import { retryUntilOpen } from './retry-start';
import { takeSingleInstanceLock } from './single-instance';
import { askToRetryStart } from './startup-failure';

/**
 * Tries again to take the lock, telling the user why it could not be made, until it is taken. False when
 * the user does not want to wait, or when another instance holds it by now.
 */
export async function waitForLock(clock: Clock): Promise<boolean> {
  return (await retryUntilOpen(takeSingleInstanceLock, { clock, ask: askToRetryStart })) ?? false;
}
