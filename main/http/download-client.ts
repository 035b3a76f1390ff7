import { ServiceError, type ServiceProblem } from '../domain/service-error';
import { createConnections, type ResolveProxy } from './connections';
import { startDeadline } from './deadline';
import { openDispatcher } from './dispatcher';
import { errorFromFailure } from './error-from-failure';
import { type AnswerHeaders, headerOf, retryAfterMs } from './rate-limit-headers';
import { request as send } from './undici';
import { isLoopback, isSafeOrigin } from './url';

/** Where to go on: the bytes that are here, and what they are of. */
export interface ResumePoint {
  fromByte: number;
  /** What the host called that version: sent as If-Range, so that two versions are never mixed. */
  mark: string;
}

/** A result on its way. */
export interface DownloadAnswer {
  /** Place of the first byte of `body`: 0 unless the host agreed to go on. */
  fromByte: number;
  /** Size of the whole file, or null where the host does not tell. */
  totalBytes: number | null;
  /** Strong ETag, else Last-Modified; null where the host names no version. */
  mark: string | null;
  /** Content-Disposition as it came. */
  disposition: string | null;
  /** Throws ServiceError `unreachable` or `timed-out` when it breaks off. */
  body: AsyncIterable<Uint8Array>;
}

/** The HTTP client of the host that keeps results. It never has a key. */
export interface DownloadClient {
  open(url: string, resume: ResumePoint | null, signal: AbortSignal): Promise<DownloadAnswer>;
  /** Drops every socket; what is under way ends as `unreachable`. */
  resetConnections(): void;
  close(): Promise<void>;
}

const CONNECT_MS = 10_000;
const HEADERS_MS = 30_000;
/** Between two pieces of the body. */
const PIECE_MS = 60_000;
const MAX_REDIRECTS = 5;

/** Makes the client. `resolveProxy` is asked for each new host. */
export function createDownloadClient(options: {
  userAgent: string;
  nowMs: () => number;
  resolveProxy?: ResolveProxy;
  /** Longest silence in the body, in milliseconds. */
  pieceMs?: number;
}): DownloadClient {
  const { userAgent, nowMs, pieceMs = PIECE_MS } = options;
  const connections = createConnections(
    (proxyUrl) => openDispatcher(proxyUrl, CONNECT_MS),
    nowMs,
    options.resolveProxy,
  );

  /** Follows redirects by itself: each step must be as safe as the first. */
  async function follow(first: URL, headers: Record<string, string>, signal: AbortSignal) {
    let url = first;
    for (let step = 0; step <= MAX_REDIRECTS; step += 1) {
      const deadline = startDeadline(HEADERS_MS, signal);
      try {
        const dispatcher = await deadline.bound(connections.to(url));
        const answer = await send(url, {
          dispatcher,
          method: 'GET',
          headers,
          signal,
          headersTimeout: HEADERS_MS,
          bodyTimeout: pieceMs,
        });
        const location = headerOf(answer.headers, 'location');
        if (![301, 302, 303, 307, 308].includes(answer.statusCode) || location === null) {
          return answer;
        }
        await answer.body.dump().catch(() => {});
        url = nextUrl(url, location);
      } catch (error) {
        throw errorFromFailure(error, error instanceof ServiceError ? null : deadline.stopped());
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
  ): Promise<DownloadAnswer> {
    const headers = {
      accept: '*/*',
      // A packed answer would be saved as it is, and its size is not the file's.
      'accept-encoding': 'identity',
      'user-agent': userAgent,
      ...(resume === null ? {} : { range: `bytes=${resume.fromByte}-`, 'if-range': resume.mark }),
    };
    const answer = await follow(checkedUrl(text), headers, signal);
    const read = readAnswer(answer.statusCode, answer.headers, resume);
    if (read === 'again') {
      await answer.body.dump().catch(() => {});
      return open(text, null, signal);
    }
    if (read instanceof ServiceError) {
      await answer.body.dump().catch(() => {});
      const retryAtMs = retryAfterMs(answer.headers, nowMs());
      throw new ServiceError(read.problem, { status: answer.statusCode, retryAtMs });
    }
    return { ...read, body: watched(answer.body, signal) };
  }

  return { open, resetConnections: connections.reset, close: connections.close };
}

/** Throws ServiceError `unexpected-shape` for an address neither https nor on this machine. */
function checkedUrl(text: string): URL {
  // The parser's error would repeat the address, which may be an authorisation.
  if (!URL.canParse(text)) throw new ServiceError('unexpected-shape');
  const url = new URL(text);
  if (!isSafeOrigin(url)) throw new ServiceError('unexpected-shape');
  return url;
}

function nextUrl(from: URL, location: string): URL {
  if (!URL.canParse(location, from.href)) throw new ServiceError('unexpected-shape');
  const url = checkedUrl(new URL(location, from.href).href);
  // A host elsewhere has no business with what listens on this machine.
  if (isLoopback(url.hostname) && !isLoopback(from.hostname)) {
    throw new ServiceError('unexpected-shape');
  }
  return url;
}

/** No key was sent, so no answer can mean a wrong one: a refusal means that the link is over. */
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

function markOf(headers: AnswerHeaders): string | null {
  const etag = headerOf(headers, 'etag');
  // A weak one may be the same for files that differ, and If-Range does not take it.
  if (etag !== null && /^"[\x21\x23-\x7e]{1,200}"$/.test(etag)) return etag;
  const modified = headerOf(headers, 'last-modified');
  return modified !== null && modified.length < 60 && !Number.isNaN(Date.parse(modified))
    ? modified
    : null;
}

/** What the answer is about; `again` where going on is not possible and the whole is asked for. */
function readAnswer(
  status: number,
  headers: AnswerHeaders,
  resume: ResumePoint | null,
): Omit<DownloadAnswer, 'body'> | ServiceError | 'again' {
  if (status === 416 && resume !== null) return 'again';
  if (status < 200 || status > 299) return new ServiceError(problemOf(status));
  const type = headerOf(headers, 'content-type') ?? '';
  // A sign-in page of a network, which would be saved under the name of a video.
  if (/^text\/html\b/i.test(type)) return new ServiceError('not-json');
  const packed = headerOf(headers, 'content-encoding');
  if (packed !== null && packed !== '' && packed.toLowerCase() !== 'identity') {
    return new ServiceError('unexpected-shape');
  }
  const mark = markOf(headers);
  const disposition = headerOf(headers, 'content-disposition');
  if (status === 206) {
    const range = /^bytes (\d{1,15})-(\d{1,15})\/(\d{1,15}|\*)$/i.exec(
      headerOf(headers, 'content-range') ?? '',
    );
    if (resume === null) return new ServiceError('unexpected-shape');
    const asAsked = range !== null && Number(range[1]) === resume.fromByte;
    if (!asAsked || (mark !== null && mark !== resume.mark)) return 'again';
    const totalBytes = sizeOf(range[3] ?? null);
    return { fromByte: resume.fromByte, totalBytes, mark: resume.mark, disposition };
  }
  if (status !== 200) return new ServiceError('unexpected-shape');
  return {
    fromByte: 0,
    totalBytes: sizeOf(headerOf(headers, 'content-length')),
    mark,
    disposition,
  };
}

async function* watched(
  body: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch (error) {
    throw errorFromFailure(error, signal.aborted ? 'cancelled' : null);
  }
}
