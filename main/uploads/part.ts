import { delay } from '../domain/delay';
import { isSuccess } from '../domain/http-status';
import type { PartAnswer } from '../domain/part-put';
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
  /** The parts in flight, for the progress. */
  tries: Set<PartTry>;
  /** Called when a part's URL was refused and is signed again. */
  onSignedAgain(partNumber: number): void;
}

/** The MD5 of a part: `hex` is null until it has been computed. */
interface Md5 {
  promise: Promise<string>;
  hex: string | null;
}

/** The outcome of one attempt; for a part that was sent, also when and how fast. */
type TryOutcome =
  | Exclude<PartOutcome, { kind: 'sent' }>
  | { kind: 'sent'; etag: string; sentAtMs: number; tookMs: number };

/**
 * Sends one part until the storage host has it. Throws UploadFailure if it cannot be sent, Stopped on a
 * stop. The caller has to store the part.
 */
export async function sendPart(
  { part, md5Hex: promise }: HashedPart,
  context: PartContext,
): Promise<ArrivedPart> {
  const { urls, partSemaphore, hosts, retryContext, workers, file } = context;
  const { clock, stop } = retryContext;
  const { partNumber, offsetBytes, sizeBytes } = part;
  let state = NO_FAILURES;
  let tries = 0;
  let refusals = 0;
  let mismatches = 0;
  const md5: Md5 = { promise, hex: null };
  const hashed = (hex: string): void => {
    md5.hex = hex;
  };
  promise.then(hashed, () => undefined);
  for (;;) {
    // The URL is taken first, although it may then have to wait for a permit: a part that held a permit
    // while it waits for its URL would block other uploads.
    const url = await urls.take(partNumber);
    const host = hosts.of(url);
    // If a host's ETags are MD5s, its answer shows whether it got the right bytes, so the part may be
    // hashed while it is sent. Otherwise only Content-MD5 would reveal an error.
    if (host.etagsAreMd5 !== true) await md5.promise;
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
      const facts = { sentAtMs, tookMs, tries, md5Hex: await md5.promise };
      return { part: { partNumber, sizeBytes, etag }, facts };
    }
    if (outcome.kind === 'upload-ended') throw outcome.failure;
    if (outcome.kind === 'url-refused') {
      urls.discard();
      refusals += 1;
      // The first refusal most likely means that the URL has expired: signing again costs no attempt.
      if (refusals === 1) {
        context.onSignedAgain(partNumber);
        continue;
      }
      // The host may also refuse Content-MD5, a header that is not part of the signature.
      host.refusesContentMd5 = true;
      if (refusals >= MAX_URL_REFUSALS) throw new UploadFailure('storage-refused');
    } else {
      refusals = 0;
    }
    if (outcome.kind === 'mismatch') {
      mismatches += 1;
      // The file may have been misread the first time.
      md5.promise = workers.md5({ fd: file.fd, offsetBytes, sizeBytes }, stop);
      md5.hex = await md5.promise;
    }
    // The next URL is signed anew: a small call that shows whether the way is free, before the whole part
    // is sent into it once more. What waits until then may be too old anyway.
    if (outcome.kind === 'failed' && outcome.failure.problem === 'not-json') urls.discard();
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

/** What one attempt needs. */
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
    // Otherwise the permit is kept, so that a busy host gets no other part before its cooldown begins.
    // The part is useless if the file is no longer the one that was added.
    await file.verify();
    const md5Hex = await md5.promise;
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
 * Sends the part, and aborts it if it stalls. Returns the answer, or why none came. Throws Stopped on a
 * stop.
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
    const sendTo = (target: string): Promise<PartAnswer> =>
      workers.send({
        url: target,
        fd: file.fd,
        offsetBytes,
        sizeBytes,
        md5Hex: target === url || allowsContentMd5(target) ? md5Hex : null,
        signal: watch.signal,
        onMoved: (movedBytes) => {
          current.movedBytes = movedBytes;
        },
      });
    let answer = await sendTo(url);
    // Storage that has just been moved answers so. Once only: two hosts may point at each other.
    if (answer.redirectUrl !== null) answer = await sendTo(answer.redirectUrl);
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
