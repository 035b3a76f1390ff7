import type { Clock } from '../domain/clock';
import { delay } from '../domain/delay';
import { ServiceError } from '../domain/service-error';
import type { UploadStep } from '../domain/upload';
import { Stopped, throwIfStopped, UploadFailure } from './failure';
import { type Failing, NO_FAILURES, nextRetry, type RetryState } from './retry-policy';

/** What waiting for the next attempt needs, and what is called before and after it. */
export interface RetryContext {
  clock: Clock;
  random(): number;
  /** Aborted when the transfer has to stop: every wait then ends at once with Stopped. */
  stop: AbortSignal;
  /** Called before each wait. `failures` counts those in a row, this one included. */
  onWait(
    step: UploadStep,
    failing: Failing,
    failures: number,
    waitMs: number,
    partNumber?: number,
  ): void;
  /** Called when something has succeeded, so that the upload no longer waits. */
  onProgress: () => void;
}

/**
 * Waits after a failure for as long as the retry policy says. Throws UploadFailure when no attempt is
 * left, Stopped on a stop.
 */
export async function waitAfter(
  step: UploadStep,
  state: RetryState,
  failing: Failing,
  retryContext: RetryContext,
): Promise<RetryState> {
  const { clock, random, stop, onWait } = retryContext;
  throwIfStopped(stop);
  const next = nextRetry(step, state, failing, clock.nowMs(), random());
  if (!next) throw new UploadFailure(failing.problem, { remoteText: failing.remoteText });
  onWait(step, failing, next.state.failures, next.waitMs);
  await delay(clock, next.waitMs, stop);
  throwIfStopped(stop);
  return next.state;
}

/**
 * Repeats a call, for which that must be safe, until it succeeds. Throws UploadFailure when no attempt is
 * left, Stopped on a stop.
 */
export async function retryUntilDone<T>(
  step: UploadStep,
  call: () => Promise<T>,
  retryContext: RetryContext,
): Promise<T> {
  let state = NO_FAILURES;
  for (;;) {
    throwIfStopped(retryContext.stop);
    try {
      const result = await call();
      retryContext.onProgress();
      return result;
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      if (retryContext.stop.aborted) throw new Stopped();
      state = await waitAfter(step, state, error, retryContext);
    }
  }
}
