import type { Clock } from '../../domain/clock';
import { canRetryStart } from './startup-failure-text';

/** The first wait before a try; each further one is twice as long, since a try may block for a while. */
const FIRST_WAIT_MS = 3_000;
const MAX_WAIT_MS = 60_000;

interface RetryDeps {
  clock: Clock;
  /** Tells the user why; resolves with whether to try again. The signal closes the dialog. */
  ask: (error: unknown, closed: AbortSignal) => Promise<boolean>;
}

type Outcome<T> = { value: T } | { error: unknown };

function attempt<T>(open: () => T): Outcome<T> {
  try {
    return { value: open() };
  } catch (error) {
    return { error };
  }
}

/**
 * Calls `open` until it succeeds, as long as it fails for a reason that may pass, such as a full disk:
 * the user is told, and the app starts by itself once there is space. Returns null when the user does not
 * want to wait; throws a failure for any other reason.
 */
export async function retryUntilOpen<T>(
  open: () => T,
  { clock, ask }: RetryDeps,
): Promise<T | null> {
  let latest = attempt(open);
  let waitMs = FIRST_WAIT_MS;
  while ('error' in latest) {
    const shown = latest.error;
    if (!canRetryStart(shown)) throw shown;
    const closed = new AbortController();
    let cancel = () => {};
    const tryLater = (): void => {
      cancel = clock.after(waitMs, () => {
        waitMs = Math.min(MAX_WAIT_MS, waitMs * 2);
        latest = attempt(open);
        // What is shown must be what is wrong now.
        if ('error' in latest && String(latest.error) === String(shown)) tryLater();
        else closed.abort();
      });
    };
    tryLater();
    // Electron on Linux closes a dialog on its signal, but may answer half a minute later.
    const isClosed = new Promise<boolean>((resolve) => {
      closed.signal.addEventListener('abort', () => resolve(true), { once: true });
    });
    const isWanted = await Promise.race([ask(shown, closed.signal), isClosed]);
    cancel();
    if (closed.signal.aborted) continue;
    if (!isWanted) return null;
    latest = attempt(open);
  }
  return latest.value;
}
