import { ServiceError } from '../domain/service-error';
import type { UploadStep } from '../domain/upload';
import { Stopped, throwIfStopped, UploadFailure } from './failure';
import type { UploadClock } from './ports';
import { type Failing, FRESH, nextRetry, type RetryState } from './retry-policy';

/** What waiting needs, and whom to tell of it. */
export interface RetryContext {
  clock: UploadClock;
  random(): number;
  /** Aborted when the transfer is to stop: every wait ends at once with Stopped. */
  stop: AbortSignal;
  /** Before each wait. `failures` counts those in a row, this one included. */
  waits(
    step: UploadStep,
    failing: Failing,
    failures: number,
    waitMs: number,
    partNumber?: number,
  ): void;
  /** Something moves again: there is nothing to wait for any more. */
  works: () => void;
}

/** Waits as a failure asks for. Throws UploadFailure when no try is left, Stopped on a stop. */
export async function waitAfter(
  step: UploadStep,
  state: RetryState,
  failing: Failing,
  retryContext: RetryContext,
): Promise<RetryState> {
  throwIfStopped(retryContext.stop);
  const next = nextRetry(state, failing, retryContext.clock.now(), retryContext.random());
  if (!next) throw new UploadFailure(failing.problem, { remoteText: failing.remoteText });
  retryContext.waits(step, failing, next.state.failures, next.waitMs);
  await retryContext.clock.delay(next.waitMs, retryContext.stop);
  throwIfStopped(retryContext.stop);
  return next.state;
}

/**
 * Makes a call that does no harm when it is repeated, until it works. Throws UploadFailure when no
 * try is left, Stopped on a stop.
 */
export async function retryUntilDone<T>(
  step: UploadStep,
  call: () => Promise<T>,
  retryContext: RetryContext,
): Promise<T> {
  let state = FRESH;
  for (;;) {
    throwIfStopped(retryContext.stop);
    try {
      const result = await call();
      retryContext.works();
      return result;
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      if (retryContext.stop.aborted) throw new Stopped();
      state = await waitAfter(step, state, error, retryContext);
    }
  }
}
