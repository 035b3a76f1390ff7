import type { UploadRemote } from '../domain/service';
import { isPassing, mayHaveHappened, ServiceError } from '../domain/service-error';
import type { RemoteUpload, SentPart } from '../domain/upload';
import { Stopped, startsOver, throwIfStopped, UploadFailure } from './failure';
import { type RetryContext, retryUntilDone, waitAfter } from './retry-loop';
import { type Failing, NO_FAILURES } from './retry-policy';

/**
 * How often the service is only asked after it has said that it took the completion: putting thousands
 * of parts together takes a while.
 */
const QUESTIONS_BEFORE_REPEAT = 3;
/**
 * How often the service is asked after it has refused a completion that may have been made already: about
 * three minutes. While the storage host puts a large file together it refuses a second completion, and
 * whoever believes that sends everything again, as a second clip.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html
 */
const QUESTIONS_AFTER_REFUSAL = 8;

/**
 * Tells the service that all parts have been sent, and returns when it has the whole file.
 *
 * An answer of success alone does not prove that: the clip is read, and has to have moved on. If it has
 * not, or if the answer was lost, the call is repeated; only if the key may not read clips, the answer
 * counts. A refusal is believed at once when this is the first call, and otherwise after some minutes of
 * asking. `maybeDone` means that an earlier run may have made the call already. Throws UploadFailure
 * `completion-unconfirmed` when the clip never moves on. Since the answer to an aborted call is
 * lost, a stop does not abort the call; only `abortCalls` does.
 */
export async function completeRemote(
  remote: UploadRemote,
  upload: RemoteUpload,
  parts: SentPart[],
  maybeDone: boolean,
  retryContext: RetryContext,
  abortCalls: AbortSignal,
): Promise<void> {
  const completion = new Completion(remote, upload, parts, maybeDone, retryContext, abortCalls);
  let state = NO_FAILURES;
  for (;;) {
    throwIfStopped(retryContext.stop);
    if (await completion.isKnown()) break;
    const failing = await completion.next();
    if (failing) state = await waitAfter('completing', state, failing, retryContext);
  }
  retryContext.onProgress();
}

/** What is known about one completion. */
class Completion {
  readonly #remote: UploadRemote;
  readonly #upload: RemoteUpload;
  readonly #parts: SentPart[];
  readonly #retryContext: RetryContext;
  readonly #abortCalls: AbortSignal;
  /** Whether a call may have taken effect. */
  #isUnsettled: boolean;
  /** Whether the service has said that it took the completion. */
  #isAccepted = false;
  /** A refusal that may only mean that nothing is left to complete. */
  #doubtful: UploadFailure | null = null;
  #questions = 0;

  constructor(
    remote: UploadRemote,
    upload: RemoteUpload,
    parts: SentPart[],
    maybeDone: boolean,
    retryContext: RetryContext,
    abortCalls: AbortSignal,
  ) {
    this.#remote = remote;
    this.#upload = upload;
    this.#parts = parts;
    this.#isUnsettled = maybeDone;
    this.#retryContext = retryContext;
    this.#abortCalls = abortCalls;
  }

  /** Reads the clip if it may be complete, and returns whether it is. Throws UploadFailure or Stopped. */
  async isKnown(): Promise<boolean> {
    if (!this.#isUnsettled) return false;
    const answer = await readCompletion(this.#remote, this.#upload, this.#retryContext);
    if (answer !== 'forbidden') return answer === 'complete';
    // Nobody can settle it with this key. Sending all of it again would be the worst of guesses.
    if (this.#doubtful) throw new UploadFailure('scope-missing');
    return this.#isAccepted;
  }

  /**
   * Makes the call, unless it is time to ask only. Returns what to wait for before the clip is read
   * again, or null when that is to be done at once. Throws UploadFailure for a refusal.
   */
  async next(): Promise<Failing | null> {
    const unconfirmed = new UploadFailure('completion-unconfirmed');
    if (this.#doubtful && this.#questions >= QUESTIONS_AFTER_REFUSAL) throw this.#doubtful;
    if (this.#doubtful || (this.#isAccepted && this.#questions < QUESTIONS_BEFORE_REPEAT)) {
      this.#questions += 1;
      return unconfirmed;
    }
    const error = await requestCompletion(
      this.#remote,
      this.#upload,
      this.#parts,
      this.#abortCalls,
    );
    if (error === null) {
      const isNews = !this.#isAccepted;
      this.#isAccepted = true;
      this.#isUnsettled = true;
      return isNews ? null : unconfirmed;
    }
    if (mayHaveBeenTaken(error)) {
      // Only after a rate limit is it certain that nothing was done.
      this.#isUnsettled ||= error.problem !== 'rate-limited';
      return error;
    }
    if (this.#isAccepted) return unconfirmed;
    const refusal = new UploadFailure(error.problem, { remoteText: error.remoteText });
    if (!this.#isUnsettled || !startsOver(error.problem)) throw refusal;
    this.#doubtful = refusal;
    return null;
  }
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

/** Whether the service has the whole file; `forbidden` if the key may not read clips. */
async function readCompletion(
  remote: UploadRemote,
  upload: RemoteUpload,
  retryContext: RetryContext,
): Promise<'complete' | 'uploading' | 'forbidden'> {
  const { stop } = retryContext;
  // That the question is answered is no progress of the upload.
  const context = { ...retryContext, onProgress: () => {} };
  try {
    const read = () => remote.isComplete(upload, stop);
    return (await retryUntilDone('completing', read, context)) ? 'complete' : 'uploading';
  } catch (error) {
    if (error instanceof UploadFailure && error.problem === 'scope-missing') return 'forbidden';
    throw error;
  }
}

/** Whether an upload whose completion was refused is complete by now after all. Throws Stopped on a stop. */
export async function isCompleteByNow(
  remote: UploadRemote,
  upload: RemoteUpload,
  retryContext: RetryContext,
): Promise<boolean> {
  try {
    return (await readCompletion(remote, upload, retryContext)) === 'complete';
  } catch (error) {
    if (error instanceof UploadFailure) return false;
    throw error;
  }
}
