import type { Readable } from 'node:stream';
import { isSuccess } from '../domain/http-status';
import type { PartAnswer, PartClient, PartPut } from '../domain/part-put';
import { createConnections } from './connections';
import { unpackedBody } from './content-encoding';
import { openDispatcher } from './dispatcher';
import { headerOf, type ResponseHeaders } from './headers';
import { breakSocketsFrom } from './open-sockets';
import { checkedUrl, redirectTarget } from './redirect';
import { readErrorBody } from './response-body';
import { retryAfterMs } from './retry-after';
import { transportError } from './transport-error';
import { request as send } from './undici';

const CONNECT_MS = 10_000;
/** Longest gap between two pieces of the answer. */
const ANSWER_PIECE_MS = 30_000;

/**
 * Makes the client. It sets no time limit on a call as a whole: the caller has to watch that bytes
 * keep moving. It follows no redirect by itself: the body would have to be read again.
 */
export function createPartClient(options: {
  userAgent: string;
  nowMs: () => number;
  /** As in `Clock`; without it, the wall clock counts as one that is never set. */
  monotonicMs?: () => number;
}): PartClient {
  const { userAgent, nowMs, monotonicMs = nowMs } = options;
  const connections = createConnections(
    (proxyUrl) => openDispatcher(proxyUrl, CONNECT_MS),
    monotonicMs,
  );

  async function put({ proxy, body, sizeBytes, contentMd5, signal, ...part }: PartPut) {
    const url = checkedUrl(part.url);
    let own: { error: unknown } | null = null;
    async function* rememberingErrors(): AsyncGenerator<Uint8Array> {
      try {
        yield* body;
      } catch (error) {
        own = { error };
        throw error;
      }
    }
    try {
      const answer = await send(url, {
        dispatcher: await connections.to(url, async () => proxy),
        method: 'PUT',
        // No content type: it is not part of the signature, and the vendor's own client sends none.
        headers: {
          'content-length': String(sizeBytes),
          'user-agent': userAgent,
          ...(contentMd5 === null ? {} : { 'content-md5': contentMd5 }),
        },
        // undici accepts any async iterable, and requests the next piece only when a large one has left
        // the process; a Readable would read ahead. Its types only know streams.
        body: rememberingErrors() as unknown as Readable,
        signal,
        headersTimeout: 0,
        bodyTimeout: ANSWER_PIECE_MS,
      });
      const bytes = await readErrorBody(unpackedBody(answer.body, answer.headers));
      return partAnswer(url, answer, bytes, nowMs());
    } catch (error) {
      const failure = own as { error: unknown } | null;
      if (failure !== null && !signal.aborted) throw failure.error;
      throw transportError(error, signal.aborted ? 'cancelled' : null);
    }
  }

  return {
    put,
    resetConnections: connections.reset,
    breakConnectionsFrom: breakSocketsFrom,
  };
}

/** Reads the storage host's answer; the body of an error is S3's XML, that of a success is empty. */
function partAnswer(
  url: URL,
  { statusCode: status, headers }: Awaited<ReturnType<typeof send>>,
  bytes: Uint8Array,
  nowMs: number,
): PartAnswer {
  const text = Buffer.from(bytes).toString('latin1').trim();
  const etag = headerOf(headers, 'etag') || null;
  return {
    status,
    etag,
    code: status < 300 ? null : (/<Code>([A-Za-z0-9.]{1,60})<\/Code>/.exec(text)?.[1] ?? null),
    retryAtMs: retryAfterMs(headers, nowMs),
    // Google's storage calls the empty body of a success `text/html`.
    isPage: text !== '' && (isHtml(headers, text) || (isSuccess(status) && etag === null)),
    redirectUrl: redirectUrl(url, status, headers),
  };
}

function isHtml(headers: ResponseHeaders, text: string): boolean {
  const type = headerOf(headers, 'content-type') ?? '';
  return /^(text\/html|application\/xhtml)\b/i.test(type) || /^<(?!\?xml|Error\b)/.test(text);
}

/**
 * Only a 307 or 308 asks for the same PUT elsewhere. Nothing but the part is sent there, and only to an
 * address of the same kind.
 */
function redirectUrl(from: URL, status: number, headers: ResponseHeaders): string | null {
  const location = headerOf(headers, 'location');
  if ((status !== 307 && status !== 308) || location === null) return null;
  try {
    const url = redirectTarget(from, location);
    return url.protocol === from.protocol ? url.href : null;
  } catch {
    return null;
  }
}
