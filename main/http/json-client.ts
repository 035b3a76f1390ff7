import type { RateLimits } from '../domain/rate-limits';
import type { Access, JsonAnswer, JsonClient, JsonRequest, OpenAccess } from '../domain/service';
import { ServiceError } from '../domain/service-error';
import { MAX_ANSWER_BYTES, parseBody, readBounded, readErrorBody } from './body';
import { createConnections, type ResolveProxy } from './connections';
import { startDeadline } from './deadline';
import { openDispatcher } from './dispatcher';
import { errorFromAnswer } from './error-from-answer';
import { errorFromFailure } from './error-from-failure';
import { keyHeaders, readKey } from './key-header';
import { type AnswerHeaders, createRateBook, headerOf } from './rate-limit-headers';
import { request as send } from './undici';
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
}

const defaultTimeouts: Timeouts = {
  connectMs: 10_000,
  headersMs: 30_000,
  bodyMs: 30_000,
  callMs: 60_000,
};

/** The HTTP client of the services. Parts of uploads have one of their own: `part.ts`. */
export interface JsonHttpClient extends JsonClient {
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
export function createJsonClient(options: {
  userAgent: string;
  nowMs: () => number;
  resolveProxy?: ResolveProxy;
  timeouts?: Partial<Timeouts>;
}): JsonHttpClient {
  const timeouts = { ...defaultTimeouts, ...options.timeouts };
  const { nowMs } = options;
  const rates = createRateBook(nowMs);
  const connections = createConnections(
    (proxyUrl) => openDispatcher(proxyUrl, timeouts.connectMs),
    nowMs,
    options.resolveProxy,
  );

  async function request(access: Access | OpenAccess, call: JsonRequest): Promise<JsonAnswer> {
    const url = joinUrl(access.baseUrl, call.path, call.query);
    const account = 'key' in access ? access : null;
    const key = account && (await readKey(account));
    const hasBody = call.body !== undefined;
    const headers = {
      ...(account && key !== null ? keyHeaders(account.keyHeader, key) : {}),
      accept: 'application/json',
      'user-agent': options.userAgent,
      // No `x-source`: the vendor's SDK sends `sdk`, which we are not, and no other value is
      // documented for clips.
      ...(hasBody ? { 'content-type': 'application/json' } : {}),
    };
    const deadline = startDeadline(timeouts.callMs, call.signal);
    try {
      const dispatcher = await deadline.bound(connections.to(url));
      if (account) rates.sent(account.accountId);
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
      if (account) rates.answered(account.accountId, status, answer.headers);
      if (status < 200 || status > 299) {
        const bytes = await readErrorBody(answer.body);
        if (call.alsoAnswers?.includes(status)) {
          const body = parseBody(bytes, headerOf(answer.headers, 'content-type'));
          if (body.kind === 'json') return { status, body: body.value, bytes };
        }
        throw errorFromAnswer(status, answer.headers, bytes, { nowMs: nowMs(), secret: key });
      }
      const bytes = await readBounded(answer.body, MAX_ANSWER_BYTES);
      const { last } = call;
      if (last && bytes.equals(last)) return { status, body: undefined, bytes: last };
      return { status, body: jsonOf(bytes, status, answer.headers), bytes };
    } catch (error) {
      throw errorFromFailure(error, error instanceof ServiceError ? null : deadline.stopped());
    } finally {
      deadline.end();
    }
  }

  return {
    request,
    rateLimits: rates.limits,
    requestsInLastHour: rates.requestsInLastHour,
    resetConnections: connections.reset,
    close: connections.close,
  };
}

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
