import type { DownloadClient, DownloadResponse, ResumePoint } from '../domain/download';
import { isSuccess } from '../domain/http-status';
import { ServiceError, type ServiceProblem } from '../domain/service-error';
import { createConnections } from './connections';
import { encodingOf, unpackedBody, unreadable } from './content-encoding';
import { startDeadline } from './deadline';
import { openDispatcher } from './dispatcher';
import { headerOf, type ResponseHeaders } from './headers';
import type { ResolveProxy } from './proxy-url';
import { checkedUrl, redirectTarget } from './redirect';
import { retryAfterMs } from './retry-after';
import { DOWNLOAD_TIMEOUTS } from './timeouts';
import { transportError } from './transport-error';
import { request as send } from './undici';

const MAX_REDIRECTS = 5;

/** Makes the client. It calls `resolveProxy` for each new host. */
export function createDownloadClient(options: {
  userAgent: string;
  nowMs: () => number;
  /** As in `Clock`; without it, the wall clock counts as one that is never set. */
  monotonicMs?: () => number;
  resolveProxy?: ResolveProxy;
}): DownloadClient {
  const { userAgent, nowMs, monotonicMs = nowMs } = options;
  const { connectMs, headersMs, bodyMs } = DOWNLOAD_TIMEOUTS;
  const connections = createConnections(
    (proxyUrl) => openDispatcher(proxyUrl, connectMs),
    monotonicMs,
    options.resolveProxy,
  );

  /** Follows redirects one by one, since each step must be as safe as the first. */
  async function follow(first: URL, headers: Record<string, string>, signal: AbortSignal) {
    let url = first;
    for (let step = 0; step <= MAX_REDIRECTS; step += 1) {
      const deadline = startDeadline(headersMs, signal);
      try {
        const dispatcher = await deadline.bound(connections.to(url));
        const response = await send(url, {
          dispatcher,
          method: 'GET',
          headers,
          signal,
          headersTimeout: headersMs,
          bodyTimeout: bodyMs,
        });
        const location = headerOf(response.headers, 'location');
        if (![301, 302, 303, 307, 308].includes(response.statusCode) || location === null) {
          return response;
        }
        await response.body.dump().catch(() => {});
        url = redirectTarget(url, location);
      } catch (error) {
        throw transportError(error, error instanceof ServiceError ? null : deadline.stopped());
      } finally {
        deadline.end();
      }
    }
    throw new ServiceError('unexpected-shape');
  }

  async function open(
    text: string,
    resume: ResumePoint | null,
    signal: AbortSignal,
  ): Promise<DownloadResponse> {
    const headers = {
      accept: '*/*',
      // A compressed body would be saved as it is, and its length would not be the file's.
      'accept-encoding': 'identity',
      'user-agent': userAgent,
      ...(resume === null
        ? {}
        : { range: `bytes=${resume.fromByte}-`, 'if-range': resume.validator }),
    };
    const response = await follow(checkedUrl(text), headers, signal);
    const read = readResponse(response.statusCode, response.headers, resume);
    if (read === 'start-over') {
      await response.body.dump().catch(() => {});
      return open(text, null, signal);
    }
    if (read instanceof ServiceError) {
      await response.body.dump().catch(() => {});
      const retryAtMs = retryAfterMs(response.headers, nowMs());
      const { problem, remoteText } = read;
      throw new ServiceError(problem, { status: response.statusCode, retryAtMs, remoteText });
    }
    const body = unpackedBody(response.body, response.headers);
    return { ...read, body: withServiceErrors(body, signal) };
  }

  return { open, resetConnections: connections.reset, close: connections.close };
}

/** No key was sent, so a refusal cannot mean a wrong key: it means that the link has expired. */
function problemOf(status: number): ServiceProblem {
  if (status === 429) return 'rate-limited';
  if (status >= 500) return 'service-fault';
  if (status === 407) return 'unreachable';
  if (status === 408) return 'timed-out';
  return [401, 403, 404, 410].includes(status) ? 'not-found' : 'rejected';
}

function sizeOf(text: string | null): number | null {
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null;
}

function validatorOf(headers: ResponseHeaders): string | null {
  const etag = headerOf(headers, 'etag');
  // A weak ETag may be the same for different files, and If-Range does not accept one.
  if (etag !== null && /^"[\x21\x23-\x7e]{1,200}"$/.test(etag)) return etag;
  const modified = headerOf(headers, 'last-modified');
  return modified !== null && modified.length < 60 && !Number.isNaN(Date.parse(modified))
    ? modified
    : null;
}

/** What the response's headers say; `start-over` if the whole file has to be requested. */
function readResponse(
  status: number,
  headers: ResponseHeaders,
  resume: ResumePoint | null,
): Omit<DownloadResponse, 'body'> | ServiceError | 'start-over' {
  if (status === 416 && resume !== null) return 'start-over';
  if (!isSuccess(status)) return new ServiceError(problemOf(status));
  const type = headerOf(headers, 'content-type') ?? '';
  // A Wi-Fi sign-in page, which would be saved as a video.
  if (/^text\/html\b/i.test(type)) return new ServiceError('not-json');
  const encoding = encodingOf(headers);
  if (encoding === 'unreadable') return unreadable(headers);
  const isPacked = encoding !== null;
  // A range of a packed file is no range of the file, so it is requested as a whole. And since the bytes
  // that are kept are the unpacked ones, nothing is known that could resume it later.
  if (isPacked && resume !== null && status === 206) return 'start-over';
  const validator = isPacked ? null : validatorOf(headers);
  const disposition = headerOf(headers, 'content-disposition');
  if (status === 206) {
    const range = /^bytes (\d{1,15})-(\d{1,15})\/(\d{1,15}|\*)$/i.exec(
      headerOf(headers, 'content-range') ?? '',
    );
    if (resume === null) return new ServiceError('unexpected-shape');
    const isAsRequested = range !== null && Number(range[1]) === resume.fromByte;
    if (!isAsRequested || (validator !== null && validator !== resume.validator))
      return 'start-over';
    const totalBytes = sizeOf(range[3] ?? null);
    return { fromByte: resume.fromByte, totalBytes, validator: resume.validator, disposition };
  }
  if (status !== 200) return new ServiceError('unexpected-shape');
  return {
    fromByte: 0,
    totalBytes: isPacked ? null : sizeOf(headerOf(headers, 'content-length')),
    validator,
    disposition,
  };
}

async function* withServiceErrors(
  body: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch (error) {
    throw transportError(error, signal.aborted ? 'cancelled' : null);
  }
}
