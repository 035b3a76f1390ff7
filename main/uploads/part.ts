import { delay } from '../domain/delay';
import { isSuccess } from '../domain/http-status';
import type { PartAnswer } from '../domain/part-answer';
import { ServiceError } from '../domain/service-error';
import type { ArrivedPart } from './deps';
import { Stopped, UploadFailure } from './failure';
import type { HashedPart } from './part-digests';
import { isHostBusy, judgeAnswer, MAX_URL_REFUSALS, type PartOutcome } from './part-outcome';
import type { PlannedPart } from './part-plan';
import type { PartPermit, PartSemaphore } from './part-semaphore';
import type { PresignedUrls } from './presigned-urls';
import { type RetryContext, waitAfter } from './retry-loop';
import { NO_FAILURES } from './retry-policy';
import type { SourceFile } from './source-file';
import { type PartTry, type StallTimeouts, StallWatch } from './stall-watch';
import {
  allowsContentMd5,
  extendCooldown,
  type StorageHost,
  type StorageHosts,
  waitForCooldown,
} from './storage-hosts';
import type { PartWorkers } from './workers/part-workers';

/** What the parts of one transfer share. */
export interface PartContext {
  file: SourceFile;
  urls: PresignedUrls;
  workers: PartWorkers;
  partSemaphore: PartSemaphore;
  hosts: StorageHosts;
  stallTimeouts: StallTimeouts;
  retryContext: RetryContext;
  /** The parts on their way, for the progress. */
  tries: Set<PartTry>;
  /** Called when a part's URL was refused and is signed again. */
  onSignedAgain(partNumber: number): void;
}

/** The MD5 of a part: `hex` is null until it has been computed. */
interface Md5 {
  asked: Promise<string>;
  hex: string | null;
}

/** What one try came to; of the part that was sent, when and how fast. */
type TryOutcome =
  | Exclude<PartOutcome, { kind: 'sent' }>
  | { kind: 'sent'; etag: string; sentAtMs: number; tookMs: number };

/**
 * Sends one part until the storage host has it. Throws UploadFailure when it cannot get there, and
 * Stopped on a stop. Storing the part is up to the caller.
 */
export async function sendPart(
  { part, md5Hex: asked }: HashedPart,
  context: PartContext,
): Promise<ArrivedPart> {
  const { urls, partSemaphore, hosts, retryContext, workers, file } = context;
  const { clock, stop } = retryContext;
  const { partNumber, offsetBytes, sizeBytes } = part;
  let state = NO_FAILURES;
  let tries = 0;
  let refusals = 0;
  let mismatches = 0;
  const md5: Md5 = { asked, hex: null };
  const hashed = (hex: string): void => {
    md5.hex = hex;
  };
  asked.then(hashed, () => undefined);
  for (;;) {
    // The URL is taken first, although it may then wait for a permit: a part that waits for its URL
    // while it holds a permit would keep other uploads from the network.
    const url = await urls.take(partNumber);
    const host = hosts.of(url);
    // A host whose ETags are MD5s says in its answer whether it got the right bytes: there the part
    // may be hashed while it is sent. Elsewhere only Content-MD5 would reveal an error.
    if (host.etagsAreMd5 !== true) await md5.asked;
    const permit = await partSemaphore.acquire(stop);
    let outcome: TryOutcome;
    try {
      await waitForCooldown(host, stop);
      tries += 1;
      outcome = await tryOnce(part, { url, md5, mismatches, host, permit }, context);
    } finally {
      permit.release();
    }
    if (outcome.kind === 'sent') {
      const { etag, sentAtMs, tookMs } = outcome;
      const facts = { sentAtMs, tookMs, tries, md5Hex: await md5.asked };
      return { part: { partNumber, sizeBytes, etag }, facts };
    }
    if (outcome.kind === 'upload-ended') throw outcome.failure;
    if (outcome.kind === 'url-refused') {
      urls.discard();
      refusals += 1;
      // The first refusal most likely means that the URL was too old: a new one costs no try.
      if (refusals === 1) {
        context.onSignedAgain(partNumber);
        continue;
      }
      // A host may also refuse the header that was not signed.
      host.refusesContentMd5 = true;
      if (refusals >= MAX_URL_REFUSALS) throw new UploadFailure('storage-refused');
    } else {
      refusals = 0;
    }
    if (outcome.kind === 'mismatch') {
      mismatches += 1;
      // The file may have been read wrong the first time.
      md5.asked = workers.md5({ fd: file.fd, offsetBytes, sizeBytes }, stop);
      md5.hex = await md5.asked;
    }
    const failure =
      outcome.kind === 'failed' ? outcome.failure : new UploadFailure('storage-refused');
    state = await waitAfter('part', state, failure, {
      ...retryContext,
      onWait: (step, failing, failures, waitMs) => {
        if (failure instanceof ServiceError && isHostBusy(failure.status)) {
          extendCooldown(host, delay(clock, waitMs));
        }
        retryContext.onWait(step, failing, failures, waitMs, partNumber);
      },
    });
  }
}

/** What one try has to know. */
interface Try {
  url: string;
  md5: Md5;
  mismatches: number;
  host: StorageHost;
  permit: PartPermit;
}

async function tryOnce(
  part: PlannedPart,
  { url, md5, mismatches, host, permit }: Try,
  context: PartContext,
): Promise<TryOutcome> {
  const { file, retryContext, tries } = context;
  const { clock } = retryContext;
  const { sizeBytes } = part;
  const known = md5.hex;
  const current: PartTry = { sizeBytes, movedBytes: 0 };
  tries.add(current);
  try {
    const startedAtMs = clock.nowMs();
    const contentMd5 = allowsContentMd5(url) && !host.refusesContentMd5 ? known : null;
    const answer = await put(part, url, contentMd5, current, context);
    if (answer instanceof ServiceError) return { kind: 'failed', failure: answer };
    const sentAtMs = clock.nowMs();
    const tookMs = Math.max(0, sentAtMs - startedAtMs);
    // The next part need not wait for the MD5 of this one.
    if (isSuccess(answer.status)) {
      permit.releaseArrived({ nowMs: sentAtMs, bytes: sizeBytes, tookMs });
    } else if (!isHostBusy(answer.status)) permit.release();
    // A busy host gets no other part before its cooldown has begun, which is after this try.
    // What was read must still be the file that was added, or the part is not worth keeping.
    await file.verify();
    const md5Hex = await md5.asked;
    const { outcome, etagsAreMd5 } = judgeAnswer(answer, {
      ...{ md5Hex, mismatches, etagsAreMd5: host.etagsAreMd5 },
      isFromBefore: known !== null,
    });
    host.etagsAreMd5 = etagsAreMd5;
    return outcome.kind === 'sent' ? { ...outcome, sentAtMs, tookMs } : outcome;
  } finally {
    tries.delete(current);
  }
}

/**
 * Sends the part, and aborts it when it stalls. Gives the answer, or why none came. Throws Stopped
 * on a stop.
 */
async function put(
  { offsetBytes, sizeBytes }: PlannedPart,
  url: string,
  md5Hex: string | null,
  current: PartTry,
  { file, workers, retryContext, stallTimeouts }: PartContext,
): Promise<PartAnswer | ServiceError> {
  const watch = new StallWatch(current, retryContext, stallTimeouts);
  try {
    const answer = await workers.send({
      url,
      fd: file.fd,
      offsetBytes,
      sizeBytes,
      md5Hex,
      signal: watch.signal,
      onMoved: (movedBytes) => {
        current.movedBytes = movedBytes;
      },
    });
    if (isSuccess(answer.status)) watch.arrived();
    return answer;
  } catch (error) {
    if (retryContext.stop.aborted) throw new Stopped();
    if (!(error instanceof ServiceError)) throw error;
    return watch.stalled ? new ServiceError('timed-out') : error;
  } finally {
    watch.end();
  }
}
