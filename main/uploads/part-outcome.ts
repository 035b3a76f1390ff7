import { isSuccess } from '../domain/http-status';
import type { PartAnswer } from '../domain/part-put';
import { ServiceError } from '../domain/service-error';
import { UploadFailure } from './failure';

/**
 * How often in a row a part may get 401 or 403, each time with a freshly signed URL, before it counts as
 * refused.
 */
export const MAX_URL_REFUSALS = 4;
/** https://www.rfc-editor.org/rfc/rfc6585#section-6 */
const NETWORK_SIGN_IN = 511;
/** How many mismatches of a part it takes until the host's ETags no longer count as MD5s. */
const MAX_MISMATCHES = 3;

/** The outcome of one PUT of a part. */
export type PartOutcome =
  | { kind: 'sent'; etag: string }
  /** The presigned URL was refused, most likely because it has expired: a new one is signed. */
  | { kind: 'url-refused' }
  /** The host's bytes differ from the file's, or may differ: the part is hashed and sent again. */
  | { kind: 'mismatch' }
  /** The retry policy decides whether the part is tried again. */
  | { kind: 'failed'; failure: ServiceError | UploadFailure }
  /** The multipart upload has ended at the host: no part can be added to it any more. */
  | { kind: 'upload-ended'; failure: UploadFailure };

/** What is known about the part's checksum, and about the host's ETags. */
export interface PartChecksum {
  /** Lower-case hex. */
  md5Hex: string;
  /** Whether the MD5 was known before the part was sent. */
  isFromBefore: boolean;
  /** How often this part has ended as a mismatch so far. */
  mismatches: number;
  /** Whether the host's ETags are the MD5s of the parts; null while that is not known. */
  etagsAreMd5: boolean | null;
}

/** What an answer means for the part, and what is now known about the host's ETags. */
export interface Judgement {
  outcome: PartOutcome;
  etagsAreMd5: boolean | null;
}

/** What an answer of the storage host means: that it has the part, or what went wrong. */
export function judgeAnswer(answer: PartAnswer, checksum: PartChecksum): Judgement {
  const { status, etag, code, retryAtMs } = answer;
  const because = (outcome: PartOutcome): Judgement => ({
    outcome,
    etagsAreMd5: checksum.etagsAreMd5,
  });
  if (isFromInBetween(answer)) return because(failed('not-json', { status }));
  // The host has compared the bytes with the Content-MD5, and they differ.
  if (code === 'BadDigest') return because({ kind: 'mismatch' });
  if (status === 401 || status === 403 || code === 'ExpiredToken') {
    return because({ kind: 'url-refused' });
  }
  if (code === 'NoSuchUpload') {
    const failure = new UploadFailure('storage-refused', { remoteText: code });
    return because({ kind: 'upload-ended', failure });
  }
  // The proxy asks for a sign-in: the part never reached the host.
  if (status === 407) return because(failed('unreachable', { status }));
  if (status === 429) return because(failed('rate-limited', { status, retryAtMs }));
  // S3 reports a broken connection as `RequestTimeout`, with status 400.
  if (status >= 500 || status === 408 || code === 'RequestTimeout') {
    return because(failed('service-fault', { status, retryAtMs, remoteText: code }));
  }
  // The host, or a proxy in between, says less than it should. Unlike a page, that may last for good.
  if (isSuccess(status) && !etag) return because(failed('unexpected-shape', { status }));
  if (!isSuccess(status) || !etag) {
    const failure = new UploadFailure('storage-refused', { remoteText: code });
    return because({ kind: 'failed', failure });
  }
  return judgeEtag(etag, checksum);
}

/**
 * Whether an answer most likely comes from something between us and the host, such as the sign-in page
 * of a hotel's network. It says nothing about the part, whatever its status, and even with an ETag. A
 * redirect that arrives here is one that must not be followed; with a code it is the host's own, such as
 * S3's for a bucket in another region:
 * https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 */
function isFromInBetween({ status, code, isPage }: PartAnswer): boolean {
  if (status === NETWORK_SIGN_IN || (status >= 300 && status < 400 && code === null)) return true;
  // A fault of the host itself often has a page too. A proxy's limit on sizes
  // will not pass, and a proxy that asks for a sign-in says so.
  return isPage && (status < 500 || status === 501) && status !== 413 && status !== 407;
}

function judgeEtag(etag: string, checksum: PartChecksum): Judgement {
  const { md5Hex, isFromBefore, mismatches, etagsAreMd5 } = checksum;
  const sent: PartOutcome = { kind: 'sent', etag };
  const etagMd5 = md5Of(etag);
  if (etagMd5 === undefined) {
    if (isFromBefore) return { outcome: sent, etagsAreMd5 };
    // The part was sent without its MD5 because the ETag was expected to confirm it. This one does not,
    // so it is unknown what has arrived: the part is sent again with its MD5, as the next ones will be.
    return { outcome: { kind: 'mismatch' }, etagsAreMd5: null };
  }
  if (etagsAreMd5 === false) return { outcome: sent, etagsAreMd5 };
  if (etagMd5 === md5Hex) return { outcome: sent, etagsAreMd5: true };
  if (etagsAreMd5 || mismatches + 1 < MAX_MISMATCHES) {
    return { outcome: { kind: 'mismatch' }, etagsAreMd5 };
  }
  // Buckets with SSE-KMS or SSE-C answer with 32 hex digits that are not the MD5 of the bytes:
  // https://docs.aws.amazon.com/AmazonS3/latest/API/API_Object.html
  return { outcome: sent, etagsAreMd5: false };
}

/** Whether an answer concerns the host and not the part, so that all parts for it have to wait. */
export function isHostBusy(status: number | null): boolean {
  return status === 429 || status === 503;
}

/** The lower-case hex MD5 that an ETag may be. */
function md5Of(etag: string): string | undefined {
  return /^"([0-9a-f]{32})"$/i.exec(etag)?.[1]?.toLowerCase();
}

function failed(...error: ConstructorParameters<typeof ServiceError>): PartOutcome {
  return { kind: 'failed', failure: new ServiceError(...error) };
}
