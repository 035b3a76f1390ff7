import { pipeline, Readable, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib';
import { ServiceError } from '../domain/service-error';
import type { ResponseHeaders } from './headers';

/** No honest answer unpacks to more than this many times its size; videos hardly shrink at all. */
const MAX_RATIO = 200;
/** Up to here the ratio does not matter. */
const SMALL_BYTES = 16 * 1024 * 1024;

/** Larger pieces than zlib's own cost a large file less time. */
const CHUNKS = { chunkSize: 64 * 1024 };

type Encoding = 'gzip' | 'deflate' | 'br';
const NAMES = new Map<string, Encoding>([
  ['gzip', 'gzip'],
  ['x-gzip', 'gzip'],
  ['deflate', 'deflate'],
  ['br', 'br'],
]);

/** Codings that nothing here can undo. */
const UNKNOWN = new Set(['zstd', 'compress', 'x-compress', 'dcb', 'dcz']);

/**
 * How a response is packed, or null if it is not; `unreadable` for a way that cannot be undone, and for
 * several at once. Other words are no codings: servers send `utf-8` or `none`, and S3 gives objects back
 * with the `aws-chunked` that they were uploaded with.
 * https://www.iana.org/assignments/http-parameters/http-parameters.xhtml#content-coding
 */
export function encodingOf(headers: ResponseHeaders): Encoding | 'unreadable' | null {
  const names = codingsOf(headers);
  const [name] = names;
  if (name === undefined) return null;
  return (names.length === 1 && NAMES.get(name)) || 'unreadable';
}

function codingsOf(headers: ResponseHeaders): string[] {
  const value = headers['content-encoding'];
  return (Array.isArray(value) ? value.join(',') : (value ?? ''))
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => NAMES.has(name) || UNKNOWN.has(name));
}

/** Says in words that a response is packed in a way that cannot be undone. */
export function unreadable(headers: ResponseHeaders): ServiceError {
  const names = codingsOf(headers).slice(0, 3).join(', ');
  return new ServiceError('malformed', {
    remoteText: `The answer came packed in a way that was not asked for and cannot be unpacked (${names}).`,
  });
}

/**
 * A response's body, unpacked if a proxy or a server packed it, although nobody asked for that. Throws
 * ServiceError `malformed` when it is damaged or cannot be unpacked, and `too-large` when it unpacks to far more than it should;
 * one that is cut off fails as a connection does that breaks. The caller limits the unpacked size, and
 * leaving the loop early drops the connection.
 */
export async function* unpackedBody(
  body: Readable,
  headers: ResponseHeaders,
): AsyncGenerator<Uint8Array> {
  const encoding = encodingOf(headers);
  if (encoding === null) {
    yield* body;
    return;
  }
  const packed = body[Symbol.asyncIterator]();
  const first: IteratorResult<Uint8Array> = await packed.next();
  if (first.done) return;
  if (encoding === 'unreadable') {
    // Nobody reads it, and an unread body keeps its connection.
    body.on('error', () => {}).destroy();
    throw unreadable(headers);
  }
  const unpack = decoderFor(encoding, first.value);
  let packedBytes = 0;
  async function* source(): AsyncGenerator<Uint8Array> {
    try {
      for (let piece = first; !piece.done; piece = await packed.next()) {
        packedBytes += piece.value.byteLength;
        yield piece.value;
      }
    } finally {
      // Stopped early: this drops the connection.
      await packed.return?.();
    }
  }
  if (unpack === null) {
    yield* source();
    return;
  }
  let unpackedBytes = 0;
  // Its errors come out of the loop.
  pipeline(Readable.from(source(), { objectMode: false }), unpack, () => {});
  try {
    for await (const piece of unpack as AsyncIterable<Uint8Array>) {
      unpackedBytes += piece.byteLength;
      if (unpackedBytes > SMALL_BYTES && unpackedBytes > packedBytes * MAX_RATIO) {
        throw new ServiceError('too-large');
      }
      yield piece;
    }
  } catch (error) {
    throw isDamage(error) ? new ServiceError('malformed') : error;
  }
}

/** What unpacks a body that begins like this; null for one that is labelled wrong and is not packed. */
function decoderFor(encoding: Encoding, begin: Uint8Array): Transform | null {
  const [byte = 0] = begin;
  switch (encoding) {
    case 'gzip':
      return byte === 0x1f ? createGunzip(CHUNKS) : null;
    case 'deflate':
      // Meant is the form with a header, but some servers send it without:
      // https://www.rfc-editor.org/rfc/rfc9110#section-8.4.1.2
      return (byte & 0x0f) === 8 ? createInflate(CHUNKS) : createInflateRaw(CHUNKS);
    case 'br':
      return createBrotliDecompress(CHUNKS);
  }
}

/** Whether zlib has found bytes that cannot be right; `Z_BUF_ERROR` only means that some are missing. */
function isDamage(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' && /^(Z_(?!BUF_ERROR)|ERR__ERROR|ERR_BROTLI)/.test(code);
}
