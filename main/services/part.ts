import { ServiceError } from '../domain/service-error';
import { type AnswerHeaders, headerOf, retryAfterMs } from './rate-limit';
import { isSafeOrigin } from './url';

/** One part of an upload on its way to the storage host. */
export interface PartRequest {
  /** Presigned: it is an authorisation by itself, and no key goes with it. */
  url: string;
  /** A piece may be overwritten after the next one was asked for. */
  body: AsyncIterable<Uint8Array> | Uint8Array;
  lengthBytes: number;
  signal?: AbortSignal;
  /** Called with the size of each piece that was handed to the network. */
  onSent?: (bytes: number) => void;
  /** Base64 of the part's MD5, which the storage host then checks. */
  contentMd5?: string;
}

/** The storage host's answer. */
export interface PartAnswer {
  status: number;
  /** Exactly as received, quotes included: it has to be sent back that way. */
  etag: string | null;
  /** The host's code for an error, such as `RequestTimeTooSkewed`, or null. */
  code: string | null;
  /** Earliest time for another try, where the host asks for one. */
  retryAtMs: number | null;
}

// Pieces this small keep the progress smooth and a stall visible.
const PIECE_BYTES = 256 * 1024;

// A socket takes a piece below its high water mark (16 KiB on Node 20, 64 KiB on 22) without saying
// that it has to wait, and then still refers to the memory while the next piece is asked for.
const COPIED_BELOW_BYTES = 128 * 1024;

async function* piecesOf(body: PartRequest['body']): AsyncGenerator<Uint8Array> {
  if (!(body instanceof Uint8Array)) {
    yield* body;
    return;
  }
  for (let start = 0; start < body.byteLength; start += PIECE_BYTES) {
    yield body.subarray(start, start + PIECE_BYTES);
  }
}

/**
 * What to send for a part. `onProgress` is called with every piece. Throws ServiceError
 * `unexpected-shape` for an address that is neither https nor on this machine.
 */
export function checkedPart(part: PartRequest, onProgress: () => void) {
  let url: URL;
  try {
    url = new URL(part.url);
  } catch {
    // The parser's error repeats the address, which is secret.
    throw new ServiceError('unexpected-shape');
  }
  if (!isSafeOrigin(url)) throw new ServiceError('unexpected-shape');

  let failure: { error: unknown } | null = null;

  async function* counted(): AsyncGenerator<Uint8Array> {
    let sentBytes = 0;
    try {
      for await (const piece of piecesOf(part.body)) {
        sentBytes += piece.byteLength;
        if (sentBytes > part.lengthBytes) break;
        yield piece.byteLength < COPIED_BELOW_BYTES ? Buffer.from(piece) : piece;
        // The network asks for the next piece only when it has taken this one.
        onProgress();
        part.onSent?.(piece.byteLength);
      }
      if (sentBytes !== part.lengthBytes) {
        throw new RangeError('The part is not as long as it was said to be.');
      }
    } catch (error) {
      failure = { error };
      throw error;
    }
  }

  return {
    url,
    // No content type: it is not part of the signature, and the vendor's own client sends none.
    headers: {
      'content-length': String(part.lengthBytes),
      ...(part.contentMd5 === undefined ? {} : { 'content-md5': part.contentMd5 }),
    },
    body: counted(),
    bodyFailure: (): { error: unknown } | null => failure,
  };
}

/** Reads the storage host's answer; the body of an error is S3's XML. */
export function partAnswer(
  status: number,
  headers: AnswerHeaders,
  bytes: Uint8Array,
  nowMs: number,
): PartAnswer {
  const text = status < 400 ? '' : Buffer.from(bytes).toString('latin1');
  return {
    status,
    etag: headerOf(headers, 'etag') || null,
    code: /<Code>([A-Za-z0-9.]{1,60})<\/Code>/.exec(text)?.[1] ?? null,
    retryAtMs: retryAfterMs(headers, nowMs),
  };
}
