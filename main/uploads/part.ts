import { ServiceError } from '../domain/service-error';
import type { PartFacts, SentPart } from '../domain/upload';
import { Stopped, UploadFailure } from './failure';
import type { HashedPart } from './part-digests';
import type { PlannedPart } from './part-plan';
import type { PartPermit, PartSemaphore } from './part-semaphore';
import type { PartAnswer, PartWorkers } from './ports';
import type { PresignedUrls } from './presigned-urls';
import { type RetryContext, waitAfter } from './retry';
import { FRESH } from './retry-policy';
import type { SourceFile } from './source-file';
import { type PartTry, type RestLimit, StallWatch } from './stall-watch';
import {
  allowsContentMd5,
  keepQuiet,
  quietIsOver,
  type StorageHost,
  type StorageHosts,
} from './storage-hosts';

/** Refusals in a row of URLs that were signed for this very try. */
const MAX_REFUSALS = 4;
/** Wrong checksums in a row before the storage's ETags are no longer taken for checksums. */
const MAX_MISMATCHES = 3;

/** What the parts of one transfer share. */
export interface PartContext {
  file: SourceFile;
  urls: PresignedUrls;
  workers: PartWorkers;
  partSemaphore: PartSemaphore;
  hosts: StorageHosts;
  restLimit: RestLimit;
  retryContext: RetryContext;
  /** Parts on their way, for the progress. */
  tries: Set<PartTry>;
  /** A part's URL was refused and is signed again. */
  signedAgain(partNumber: number): void;
}

/** The MD5 of a part, which may still be under way: `hex` is null until it is there. */
interface Md5 {
  asked: Promise<string>;
  hex: string | null;
}

/** What became of one PUT: the part, a refused signature, a wrong checksum, or a failure. */
type Outcome =
  | { kind: 'sent'; part: SentPart; sentAtMs: number; tookMs: number }
  | { kind: 'refused' }
  | { kind: 'mismatch' }
  | { kind: 'failed'; failure: ServiceError | UploadFailure };

/**
 * Sends one part until the storage host has it. Throws UploadFailure when it cannot get there, and
 * Stopped on a stop. Recording the part is the caller's.
 */
export async function sendPart(
  { part, md5Hex: asked }: HashedPart,
  context: PartContext,
): Promise<{ part: SentPart; facts: PartFacts }> {
  const { urls, partSemaphore, hosts, retryContext, workers, file } = context;
  const { clock, stop } = retryContext;
  const { partNumber, offsetBytes, sizeBytes } = part;
  let state = FRESH;
  let tries = 0;
  let refusals = 0;
  let mismatches = 0;
  const md5: Md5 = { asked, hex: null };
  const hashed = (hex: string): void => {
    md5.hex = hex;
  };
  asked.then(hashed, () => undefined);
  for (;;) {
    // The URL comes first although it may then wait for its turn: a part that waits for a
    // signature while it holds a place would keep other uploads from the network.
    const url = await urls.take(partNumber);
    const host = hosts.of(url);
    // A host whose ETags are MD5s tells in its answer whether it got the right bytes: there the
    // part may be hashed while it is sent. Elsewhere nothing but Content-MD5 would find an error.
    if (host.etagsAreMd5 !== true) await md5.asked;
    const permit = await partSemaphore.take(stop);
    let outcome: Outcome;
    try {
      await quietIsOver(host, stop);
      tries += 1;
      outcome = await tryOnce(part, { url, md5, mismatches, host, permit }, context);
    } finally {
      permit.free();
    }
    if (outcome.kind === 'sent') {
      const { sentAtMs, tookMs } = outcome;
      return { part: outcome.part, facts: { sentAtMs, tookMs, tries, md5Hex: await md5.asked } };
    }
    if (outcome.kind === 'refused') {
      urls.discard();
      refusals += 1;
      // The first refusal most likely means that the URL was too old: a new one costs no try.
      if (refusals === 1) {
        context.signedAgain(partNumber);
        continue;
      }
      // A host may also refuse the header that was not signed.
      host.refusesContentMd5 = true;
      if (refusals >= MAX_REFUSALS) throw new UploadFailure('storage-refused');
    } else {
      refusals = 0;
    }
    if (outcome.kind === 'mismatch') {
      mismatches += 1;
      // It may have been read wrong the first time.
      md5.asked = workers.md5({ fd: file.fd, offsetBytes, sizeBytes }, stop);
      md5.hex = await md5.asked;
    }
    const failure =
      outcome.kind === 'failed' ? outcome.failure : new UploadFailure('storage-refused');
    state = await waitAfter('part', state, failure, {
      ...retryContext,
      waits: (step, failing, failures, waitMs) => {
        // 429 and 503 are said by the host, not of the part: all parts of all uploads hold back.
        const busy = failure instanceof ServiceError && [429, 503].includes(failure.status ?? 0);
        if (busy) keepQuiet(host, clock.delay(waitMs));
        retryContext.waits(step, failing, failures, waitMs, partNumber);
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
): Promise<Outcome> {
  const { file, retryContext, tries } = context;
  const { clock } = retryContext;
  const { sizeBytes } = part;
  const known = md5.hex;
  const current: PartTry = { sizeBytes, movedBytes: 0 };
  tries.add(current);
  try {
    const startedAtMs = clock.now();
    const contentMd5 = allowsContentMd5(url) && !host.refusesContentMd5 ? known : null;
    const answer = await put(part, url, contentMd5, current, context);
    if ('kind' in answer) return answer;
    const sentAtMs = clock.now();
    const tookMs = Math.max(0, sentAtMs - startedAtMs);
    // The next part need not wait for this one's MD5.
    if (isSuccess(answer.status)) permit.arrived({ nowMs: sentAtMs, bytes: sizeBytes, tookMs });
    else permit.free();
    // What was read must still be the file that was added, or the part is not worth keeping.
    await file.verify();
    const sent = judge(part, answer, await md5.asked, mismatches, host);
    if ('kind' in sent) return sent;
    // It went without its MD5 because the ETag was to tell it. This one does not, and so nobody
    // knows what has arrived: it goes up again with its MD5, as the next ones do.
    if (known === null && !md5Of(sent.etag)) {
      host.etagsAreMd5 = null;
      return { kind: 'mismatch' };
    }
    return { kind: 'sent', part: sent, sentAtMs, tookMs };
  } finally {
    tries.delete(current);
  }
}

/** Sends the part, and breaks it off when it stalls. Throws Stopped on a stop. */
async function put(
  { offsetBytes, sizeBytes }: PlannedPart,
  url: string,
  md5Hex: string | null,
  current: PartTry,
  { file, workers, retryContext, restLimit }: PartContext,
): Promise<PartAnswer | Outcome> {
  const watch = new StallWatch(current, retryContext, restLimit);
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
    return failed(watch.stalled ? new ServiceError('timed-out') : error);
  } finally {
    watch.end();
  }
}

/** What an answer of the storage host means for the part: that it has it, or what went wrong. */
function judge(
  part: PlannedPart,
  answer: PartAnswer,
  md5: string,
  mismatches: number,
  host: StorageHost,
): SentPart | Outcome {
  const { status, etag, code, retryAtMs } = answer;
  // The host has compared the bytes with the Content-MD5 and found others.
  if (code === 'BadDigest') return { kind: 'mismatch' };
  if (status === 401 || status === 403 || code === 'ExpiredToken') return { kind: 'refused' };
  // The multipart upload has ended at the host: no further part can be added to it.
  if (code === 'NoSuchUpload') throw new UploadFailure('storage-refused', { remoteText: code });
  if (status === 429) return failed(new ServiceError('rate-limited', { status, retryAtMs }));
  // S3 calls a connection that broke off a `RequestTimeout` with status 400.
  if (status >= 500 || status === 408 || code === 'RequestTimeout') {
    return failed(new ServiceError('service-fault', { status, retryAtMs, remoteText: code }));
  }
  if (!isSuccess(status) || !etag) {
    return failed(new UploadFailure('storage-refused', { remoteText: code }));
  }
  const etagMd5 = md5Of(etag);
  if (etagMd5 !== undefined && host.etagsAreMd5 !== false) {
    if (etagMd5 === md5) host.etagsAreMd5 = true;
    else if (host.etagsAreMd5 || mismatches + 1 < MAX_MISMATCHES) return { kind: 'mismatch' };
    // Buckets with SSE-KMS or SSE-C answer with 32 hex digits that are no MD5 of anything we have:
    // https://docs.aws.amazon.com/AmazonS3/latest/API/API_Object.html
    else host.etagsAreMd5 = false;
  }
  const { partNumber, sizeBytes } = part;
  return { partNumber, sizeBytes, etag };
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

/** The lower-case hex MD5 that an ETag may be. */
function md5Of(etag: string): string | undefined {
  return /^"([0-9a-f]{32})"$/i.exec(etag)?.[1]?.toLowerCase();
}

function failed(failure: ServiceError | UploadFailure): Outcome {
  return { kind: 'failed', failure };
}
