import type { UploadRemote } from '../domain/service';
import { ServiceError, type ServiceProblem } from '../domain/service-error';
import type { RemoteUpload, Upload } from '../domain/upload';
import { Stopped, throwIfStopped, UploadFailure } from './failure';
import { type RetryContext, waitAfter } from './retry-loop';
import { NO_FAILURES } from './retry-policy';

/** Codes of Node and undici for a connection that was never made: no request can have arrived. */
const NEVER_CONNECTED = new Set([
  'ENOTFOUND',
  'EAI_AGAIN',
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENETDOWN',
  'EADDRNOTAVAIL',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** Whether a call failed without reaching the service, by the code of its cause. */
function neverConnected(error: ServiceError): boolean {
  // The HTTP client keeps only the code of a failure, as the message of the cause.
  return error.cause instanceof Error && NEVER_CONNECTED.has(error.cause.message);
}

/** How often a call is repeated after these, the retry policy says. */
const NOT_LOST: ServiceProblem[] = [
  // Nothing was sent, as when a network puts its sign-in page in between.
  ...(['untrusted-certificate', 'wrong-certificate'] as const),
  // Something came in place of the right answer.
  ...(['not-json', 'malformed', 'unexpected-shape', 'too-large'] as const),
];

/** Whether the service may have created the upload although its answer never came. */
function answerLost(error: ServiceError): boolean {
  if (error.status !== null) return error.status === 504;
  return !neverConnected(error) && !NOT_LOST.includes(error.problem);
}

/**
 * Requests a new multipart upload from the service.
 *
 * If the answer is lost, the service may be left with a clip at `uploading` that nobody can find: there
 * is nothing to look it up by, and no id to abort it with. All it costs is a line in the user's
 * dashboard, so the call is repeated once. After a second lost answer the upload fails and is left to
 * the user, since every further attempt might add a clip. Failures that leave no clip behind are retried
 * as usual. For the same reason a stop does not abort the call; only `abortCalls` does.
 */
export async function initiateUpload(
  remote: UploadRemote,
  upload: Upload,
  retryContext: RetryContext,
  abortCalls: AbortSignal,
): Promise<RemoteUpload> {
  const { brandId, fileName, mimeType, sizeBytes } = upload;
  let state = NO_FAILURES;
  let lostAnswers = 0;
  for (;;) {
    throwIfStopped(retryContext.stop);
    try {
      const initiated = await remote.start({ brandId, fileName, mimeType, sizeBytes }, abortCalls);
      retryContext.onProgress();
      return initiated;
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      if (abortCalls.aborted) throw new Stopped();
      if (answerLost(error)) lostAnswers += 1;
      if (lostAnswers > 1) {
        throw new UploadFailure(error.problem, { remoteText: error.remoteText });
      }
      state = await waitAfter('opening', state, error, retryContext);
    }
  }
}
