import type { UploadRemote } from '../domain/service';
import { isPassing, mayHaveHappened, ServiceError } from '../domain/service-error';
import type { RemoteUpload, SentPart } from '../domain/upload';
import { Stopped, throwIfStopped, UploadFailure } from './failure';
import { type RetryContext, retryUntilDone, waitAfter } from './retry';
import { FRESH } from './retry-policy';

/**
 * Tells the service that all parts are there, and returns when it has the whole file.
 *
 * A completion without an answer is settled by asking, and sent again only when the service says
 * that the file is not whole. `maybeDone` says that an earlier run may have asked for it already.
 * A stop does not break the call off, only `cut` does: one that is broken off has no answer.
 */
export async function completeRemote(
  remote: UploadRemote,
  upload: RemoteUpload,
  parts: SentPart[],
  maybeDone: boolean,
  retryContext: RetryContext,
  cut: AbortSignal,
): Promise<void> {
  const isComplete = (): Promise<boolean> =>
    retryUntilDone('completing', () => remote.isComplete(upload, retryContext.stop), retryContext);
  let state = FRESH;
  let unsettled = maybeDone;
  for (;;) {
    throwIfStopped(retryContext.stop);
    if (unsettled && (await isComplete())) return;
    try {
      await remote.complete(upload, parts, cut);
      retryContext.works();
      return;
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      if (cut.aborted) throw new Stopped();
      const { problem, remoteText } = error;
      if (!isPassing(problem) && !mayHaveHappened(problem) && problem !== 'cancelled') {
        // The storage host may still have been putting the file together when the service was
        // asked; then this refusal only says that there is nothing left to complete.
        if (unsettled && (await isComplete())) return;
        throw new UploadFailure(problem, { remoteText });
      }
      // Only a rate limit is sure to mean that nothing was done.
      if (problem !== 'rate-limited') unsettled = true;
      state = await waitAfter('completing', state, error, retryContext);
    }
  }
}
