import type { Readable } from 'node:stream';
import type { PartAnswer, PartClient, PartPut } from '../domain/part-put';
import { ServiceError } from '../domain/service-error';
import { createConnections } from './connections';
import { openDispatcher } from './dispatcher';
import { headerOf, type ResponseHeaders } from './headers';
import { breakSocketsFrom } from './open-sockets';
import { readErrorBody } from './response-body';
import { retryAfterMs } from './retry-after';
import { isSafeOrigin } from './tls-policy';
import { transportError } from './transport-error';
import { request as send } from './undici';

const CONNECT_MS = 10_000;
/** Longest gap between two pieces of the answer. */
const ANSWER_PIECE_MS = 30_000;

/**
 * Makes the client. It sets no time limit on a call as a whole: the caller has to watch that bytes
 * keep moving. Redirects are never followed.
 */
export function createPartClient(options: { userAgent: string; nowMs: () => number }): PartClient {
  const { userAgent, nowMs } = options;
  const connections = createConnections((proxyUrl) => openDispatcher(proxyUrl, CONNECT_MS), nowMs);

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
      const bytes = await readErrorBody(answer.body);
      return partAnswer(answer.statusCode, answer.headers, bytes, nowMs());
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

/** Throws ServiceError `unexpected-shape` for a URL that is neither https nor on this machine. */
function checkedUrl(text: string): URL {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    // The parser's error repeats the URL, which is secret.
    throw new ServiceError('unexpected-shape');
  }
  if (!isSafeOrigin(url)) throw new ServiceError('unexpected-shape');
  return url;
}

/** Reads the storage host's answer; the body of an error is S3's XML. */
function partAnswer(
  status: number,
  headers: ResponseHeaders,
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
