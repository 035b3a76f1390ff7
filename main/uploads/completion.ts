import type { UploadRemote } from '../domain/service';
import { isPassing, mayHaveHappened, ServiceError } from '../domain/service-error';
import type { RemoteUpload, SentPart } from '../domain/upload';
import { Stopped, throwIfStopped, UploadFailure } from './failure';
import { type RetryContext, retryUntilDone, waitAfter } from './retry-loop';
import { type Failing, NO_FAILURES } from './retry-policy';

/**
 * How often the service is only asked after it has said that it took the completion: putting thousands
 * of parts together takes a while.
 */
const QUESTIONS_BEFORE_REPEAT = 3;

/**
 * Tells the service that all parts have been sent, and returns when it has the whole file.
 *
 * An answer of success alone does not prove that: the clip is read, and has to have moved on. If it has
 * not, or if the answer was lost, the call is repeated. `maybeDone` means that an earlier run may have
 * made the call already. Throws UploadFailure `completion-unconfirmed` when the clip never moves on.
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
  let state = NO_FAILURES;
  let isUnsettled = maybeDone;
  let isAccepted = false;
  let questions = 0;
  const isComplete = () => readWhetherComplete(remote, upload, isAccepted, retryContext);

  for (;;) {
    throwIfStopped(retryContext.stop);
    if (isUnsettled && (await isComplete())) break;
    let failing: Failing = new UploadFailure('completion-unconfirmed');
    if (isAccepted && questions < QUESTIONS_BEFORE_REPEAT) questions += 1;
    else {
      const refusal = await requestCompletion(remote, upload, parts, abortCalls);
      // The storage host may still have been assembling the file when we asked; then a refusal only means
      // that there is nothing left to complete.
      const isRefused = refusal !== null && !mayHaveBeenTaken(refusal);
      if (isRefused && isUnsettled && (await isComplete())) break;
      if (isRefused && !isAccepted) {
        throw new UploadFailure(refusal.problem, { remoteText: refusal.remoteText });
      }
      if (refusal !== null && !isRefused) failing = refusal;
      // Only after a rate limit is it certain that nothing was done.
      isUnsettled ||= refusal?.problem !== 'rate-limited';
      const isNews = refusal === null && !isAccepted;
      isAccepted ||= refusal === null;
      if (isNews) continue;
    }
    state = await waitAfter('completing', state, failing, retryContext);
  }
  retryContext.onProgress();
}

/** Returns the failure of the call, or null when the service says that it has taken the completion. */
async function requestCompletion(
  remote: UploadRemote,
  upload: RemoteUpload,
  parts: SentPart[],
  abortCalls: AbortSignal,
): Promise<ServiceError | null> {
  try {
    await remote.complete(upload, parts, abortCalls);
    return null;
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    if (abortCalls.aborted) throw new Stopped();
    return error;
  }
}

function mayHaveBeenTaken({ problem }: ServiceError): boolean {
  return isPassing(problem) || mayHaveHappened(problem) || problem === 'cancelled';
}

async function readWhetherComplete(
  remote: UploadRemote,
  upload: RemoteUpload,
  isAccepted: boolean,
  retryContext: RetryContext,
): Promise<boolean> {
  const { stop } = retryContext;
  // That the question is answered is no progress of the upload.
  const context = { ...retryContext, onProgress: () => {} };
  try {
    return await retryUntilDone('completing', () => remote.isComplete(upload, stop), context);
  } catch (error) {
    // A key that may not read clips: then the service's word counts.
    if (isAccepted && error instanceof UploadFailure) return true;
    throw error;
  }
}
