import { ServiceError } from '../domain/service-error';
import type { UploadStep } from '../domain/upload';
import { Stopped, throwIfStopped, UploadFailure } from './failure';
import type { UploadClock } from './ports';
import { type Failing, FRESH, nextRetry, type RetryState } from './retry';

/** What waiting needs, and whom to tell of it. */
export interface Patience {
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
  patience: Patience,
): Promise<RetryState> {
  throwIfStopped(patience.stop);
  const next = nextRetry(state, failing, patience.clock.now(), patience.random());
  if (!next) throw new UploadFailure(failing.problem, { remoteText: failing.remoteText });
  patience.waits(step, failing, next.state.failures, next.waitMs);
  await patience.clock.delay(next.waitMs, patience.stop);
  throwIfStopped(patience.stop);
  return next.state;
}

/**
 * Makes a call that does no harm when it is repeated, until it works. Throws UploadFailure when no
 * try is left, Stopped on a stop.
 */
export async function keepTrying<T>(
  step: UploadStep,
  call: () => Promise<T>,
  patience: Patience,
): Promise<T> {
  let state = FRESH;
  for (;;) {
    throwIfStopped(patience.stop);
    try {
      const result = await call();
      patience.works();
      return result;
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      if (patience.stop.aborted) throw new Stopped();
      state = await waitAfter(step, state, error, patience);
    }
  }
}
