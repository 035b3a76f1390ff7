import type { UploadRemote } from '../domain/service';
import { ServiceError } from '../domain/service-error';
import type { RemoteUpload, Upload } from '../domain/upload';
import { Stopped, throwIfStopped, UploadFailure } from './failure';
import { type RetryContext, waitAfter } from './retry';
import { FRESH } from './retry-policy';

/** Codes of Node and undici for a connection that never stood: nothing can have been asked. */
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

/** Whether the service may have done what was asked although its answer is not known. */
function answerLost(error: ServiceError): boolean {
  if (error.status !== null) return error.status === 504;
  return !neverConnected(error);
}

/**
 * Asks the service for a multipart upload.
 *
 * When an answer is lost, the service may hold a clip at `uploading` that nobody can find: there
 * is nothing to look it up by, and no id to abort it with. Such a record costs nothing but a line
 * in the user's dashboard, so the call is repeated once; a second lost answer leaves the upload to
 * the user instead of adding a record with every try. Failures that made no record are repeated
 * like any other. Only `cut` breaks the call off, not a stop, for the same reason.
 */
export async function initiateUpload(
  remote: UploadRemote,
  upload: Upload,
  retryContext: RetryContext,
  cut: AbortSignal,
): Promise<RemoteUpload> {
  const { brandId, fileName, mimeType, sizeBytes } = upload;
  let state = FRESH;
  let lostAnswers = 0;
  for (;;) {
    throwIfStopped(retryContext.stop);
    try {
      const opened = await remote.start({ brandId, fileName, mimeType, sizeBytes }, cut);
      retryContext.works();
      return opened;
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      if (cut.aborted) throw new Stopped();
      if (answerLost(error)) lostAnswers += 1;
      if (lostAnswers > 1) {
        throw new UploadFailure(error.problem, { remoteText: error.remoteText });
      }
      state = await waitAfter('opening', state, error, retryContext);
    }
  }
}
