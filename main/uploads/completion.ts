import type { UploadRemote } from '../domain/service';
import { isPassing, mayHaveHappened, ServiceError } from '../domain/service-error';
import type { RemoteUpload, SentPart } from '../domain/upload';
import { Stopped, throwIfStopped, UploadFailure } from './failure';
import { type RetryContext, retryUntilDone, waitAfter } from './retry-loop';
import { NO_FAILURES } from './retry-policy';

/**
 * Tells the service that all parts have been sent, and returns when it has the whole file.
 *
 * If the answer to a completion is lost, the service is asked whether the file is complete, and the call
 * is repeated only if it is not. `maybeDone` means that an earlier run may have made the call already.
 * Since the answer to an aborted call is lost, a stop does not abort the call; only `abortCalls` does.
 */
export async function completeRemote(
  remote: UploadRemote,
  upload: RemoteUpload,
  parts: SentPart[],
  maybeDone: boolean,
  retryContext: RetryContext,
  abortCalls: AbortSignal,
): Promise<void> {
  const isComplete = (): Promise<boolean> =>
    retryUntilDone('completing', () => remote.isComplete(upload, retryContext.stop), retryContext);
  let state = NO_FAILURES;
  let unsettled = maybeDone;
  for (;;) {
    throwIfStopped(retryContext.stop);
    if (unsettled && (await isComplete())) return;
    try {
      await remote.complete(upload, parts, abortCalls);
      retryContext.onProgress();
      return;
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      if (abortCalls.aborted) throw new Stopped();
      const { problem, remoteText } = error;
      if (!isPassing(problem) && !mayHaveHappened(problem) && problem !== 'cancelled') {
        // The storage host may still have been assembling the file when we asked; then this refusal
        // only means that there is nothing left to complete.
        if (unsettled && (await isComplete())) return;
        throw new UploadFailure(problem, { remoteText });
      }
      // Only after a rate limit is it certain that nothing was done.
      if (problem !== 'rate-limited') unsettled = true;
      state = await waitAfter('completing', state, error, retryContext);
    }
  }
}
