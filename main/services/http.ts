import type { Readable } from 'node:stream';
import { Agent, type Dispatcher, ProxyAgent, request as send } from 'undici';
import type { RateLimits } from '../domain/rate-limits';
import type { Access, JsonAnswer, JsonClient, JsonRequest } from '../domain/service';
import { ServiceError } from '../domain/service-error';
import { MAX_ANSWER_BYTES, parseBody, readBounded } from './body';
import { createConnections, type ResolveProxy } from './connections';
import { startDeadline } from './deadline';
import { errorFromAnswer } from './error-from-answer';
import { errorFromFailure } from './error-from-failure';
import { keyHeaders, readKey } from './key-header';
import { checkedPart, type PartAnswer, type PartRequest, partAnswer } from './part';
import { type AnswerHeaders, createRateBook, headerOf } from './rate-limit';
import { joinUrl } from './url';

/** How long each step of a call may take, in milliseconds. */
export interface Timeouts {
  connectMs: number;
  /** From the request's last byte to the answer's first. */
  headersMs: number;
  /** Between two pieces of the answer. */
  bodyMs: number;
  /** A JSON call as a whole. */
  callMs: number;
  /** An upload part: without any byte leaving, and from the last byte to the answer. */
  stallMs: number;
}

const defaultTimeouts: Timeouts = {
  connectMs: 10_000,
  headersMs: 30_000,
  bodyMs: 30_000,
  callMs: 60_000,
  // Megabytes wait in the socket's buffer after the last byte was handed over; on a slow link they
  // need their time.
  stallMs: 120_000,
};

// Node gives each address of a host only 250 ms before it tries the next, which fails on slow but
// working routes (https://github.com/nodejs/node/issues/54359).
const ADDRESS_ATTEMPT_MS = 1_000;

// Some seconds longer than the fastest poll, so that polls share a connection.
const IDLE_SOCKET_MS = 20_000;

const MAX_ERROR_BYTES = 256 * 1024;

/** The app's one HTTP client. */
export interface HttpClient extends JsonClient {
  /**
   * Sends one part to the storage host and gives its answer, whatever the status. Throws
   * ServiceError when no answer came; an error of the body itself (a file that cannot be read, or
   * is shorter than `lengthBytes`) is thrown as it is.
   */
  putPart(part: PartRequest): Promise<PartAnswer>;
  /** The account's limits as last told, or null when the service never told any. */
  rateLimits(accountId: string): RateLimits | null;
  /** Requests of the account in the last 60 minutes, since the app was started. */
  requestsInLastHour(accountId: string): number;
  /**
   * Drops every socket; calls under way end as `unreachable`. For wake and a changed network: the
   * sockets of before look open and never answer.
   */
  resetConnections(): void;
  close(): Promise<void>;
}

/**
 * Makes the client. Never follows a redirect (it would carry the key elsewhere), never asks for a
 * compressed answer (a small one can unpack to gigabytes), and never tries a call again: whether
 * that is safe and when is the caller's to know.
 */
export function createHttpClient(options: {
  userAgent: string;
  nowMs: () => number;
  resolveProxy?: ResolveProxy;
  timeouts?: Partial<Timeouts>;
}): HttpClient {
  const timeouts = { ...defaultTimeouts, ...options.timeouts };
  const { nowMs } = options;
  const rates = createRateBook(nowMs);
  const connect = {
    timeout: timeouts.connectMs,
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: ADDRESS_ATTEMPT_MS,
  };
  const settings = { keepAliveTimeout: IDLE_SOCKET_MS };
  const open = (proxyUrl: string | null): Dispatcher => {
    if (proxyUrl === null) return new Agent({ ...settings, connect });
    // For SOCKS, undici takes the presence of `proxyTls` to mean that the proxy itself speaks TLS.
    const proxyTls = proxyUrl.startsWith('socks5:') ? {} : { proxyTls: connect };
    return new ProxyAgent({ ...settings, ...proxyTls, uri: proxyUrl, requestTls: connect });
  };
  const connections = createConnections(open, nowMs, options.resolveProxy);

  async function request(access: Access, call: JsonRequest): Promise<JsonAnswer> {
    const url = joinUrl(access.baseUrl, call.path, call.query);
    const key = await readKey(access);
    const hasBody = call.body !== undefined;
    const headers = {
      ...keyHeaders(access.keyHeader, key),
      accept: 'application/json',
      'user-agent': options.userAgent,
      // No `x-source`: the vendor's SDK sends `sdk`, which we are not, and no other value is
      // documented for clips.
      ...(hasBody ? { 'content-type': 'application/json' } : {}),
    };
    const deadline = startDeadline(timeouts.callMs, call.signal);
    try {
      const dispatcher = await deadline.bound(connections.to(url));
      rates.sent(access.accountId);
      const answer = await send(url, {
        dispatcher,
        method: call.method,
        headers,
        body: hasBody ? JSON.stringify(call.body) : null,
        signal: deadline.signal,
        headersTimeout: timeouts.headersMs,
        bodyTimeout: timeouts.bodyMs,
      });
      const status = answer.statusCode;
      rates.answered(access.accountId, status, answer.headers);
      if (status < 200 || status > 299) {
        const bytes = await readErrorBody(answer.body);
        throw errorFromAnswer(status, answer.headers, bytes, { nowMs: nowMs(), secret: key });
      }
      const bytes = await readBounded(answer.body, MAX_ANSWER_BYTES);
      return { status, body: jsonOf(bytes, status, answer.headers) };
    } catch (error) {
      throw errorFromFailure(error, error instanceof ServiceError ? null : deadline.stopped());
    } finally {
      deadline.end();
    }
  }

  async function putPart(part: PartRequest): Promise<PartAnswer> {
    const deadline = startDeadline(timeouts.stallMs, part.signal);
    const { url, headers, body, bodyFailure } = checkedPart(part, deadline.restart);
    try {
      const dispatcher = await deadline.bound(connections.to(url));
      const answer = await send(url, {
        dispatcher,
        method: 'PUT',
        headers: { ...headers, 'user-agent': options.userAgent },
        // undici takes any async iterable and waits until a large piece has left the process before
        // it asks for the next; a Readable would read ahead. Its types only know streams.
        body: body as unknown as Readable,
        signal: deadline.signal,
        // The deadline watches for stalls, connecting included.
        headersTimeout: 0,
        bodyTimeout: timeouts.bodyMs,
      });
      const bytes = await readErrorBody(answer.body);
      return partAnswer(answer.statusCode, answer.headers, bytes, nowMs());
    } catch (error) {
      const stopped = deadline.stopped();
      const own = bodyFailure();
      if (own !== null && stopped === null) throw own.error;
      throw errorFromFailure(error, stopped);
    } finally {
      deadline.end();
    }
  }

  return {
    request,
    putPart,
    rateLimits: rates.limits,
    requestsInLastHour: rates.requestsInLastHour,
    resetConnections: connections.reset,
    close: connections.close,
  };
}

/** An error's body matters less than its status: one that is too long counts as a page. */
async function readErrorBody(body: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  try {
    return await readBounded(body, MAX_ERROR_BYTES);
  } catch (error) {
    if (error instanceof ServiceError) return LONG_PAGE;
    throw error;
  }
}

// Stands for a body too long to be an error of the service: a page.
const LONG_PAGE = Buffer.from('<');

function jsonOf(bytes: Uint8Array, status: number, headers: AnswerHeaders): unknown {
  const body = parseBody(bytes, headerOf(headers, 'content-type'));
  switch (body.kind) {
    case 'empty':
      return undefined;
    case 'json':
      return body.value;
    case 'page':
      throw new ServiceError('not-json', { status });
    case 'broken':
      throw new ServiceError('malformed', { status });
    case 'too-deep':
      throw new ServiceError('too-large', { status });
  }
}
