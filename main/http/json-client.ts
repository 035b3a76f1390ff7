import { isSuccess } from '../domain/http-status';
import type { RateLimits } from '../domain/rate-limits';
import type { Access, JsonAnswer, JsonClient, JsonRequest, OpenAccess } from '../domain/service';
import { ServiceError } from '../domain/service-error';
import { createConnections } from './connections';
import { startDeadline } from './deadline';
import { openDispatcher } from './dispatcher';
import { headerOf, type ResponseHeaders } from './headers';
import { keyHeaders, readKey } from './key-header';
import type { ResolveProxy } from './proxy-url';
import { createRateLimitTracker } from './rate-limit-tracker';
import { MAX_RESPONSE_BYTES, parseBody, readBounded, readErrorBody } from './response-body';
import { responseError } from './response-error';
import { type CallTimeouts, JSON_TIMEOUTS } from './timeouts';
import { transportError } from './transport-error';
import { request as send } from './undici';
import { joinUrl } from './url';

/** The HTTP client of the services. Parts of uploads have a client of their own: `part-client.ts`. */
export interface JsonHttpClient extends JsonClient {
  /** The account's limits as the service last told them; null when it never told any. */
  rateLimits(accountId: string): RateLimits | null;
  /** The account's requests in the last 60 minutes, as far as the app has been running. */
  requestsInLastHour(accountId: string): number;
  /**
   * Drops every socket; calls under way end as `unreachable`. For a wake-up or a changed network:
   * older sockets look open but never response.
   */
  resetConnections(): void;
  close(): Promise<void>;
}

/**
 * Makes the client. It never follows a redirect (which would carry the key elsewhere), never asks for a
 * compressed response (a small one can unpack to gigabytes), and never retries a call: only the caller
 * knows whether and when that is safe.
 */
export function createJsonClient(options: {
  userAgent: string;
  nowMs: () => number;
  resolveProxy?: ResolveProxy;
  timeouts?: Partial<CallTimeouts>;
}): JsonHttpClient {
  const timeouts = { ...JSON_TIMEOUTS, ...options.timeouts };
  const { nowMs } = options;
  const limits = createRateLimitTracker(nowMs);
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
      if (account) limits.requestSent(account.accountId);
      const response = await send(url, {
        dispatcher,
        method: call.method,
        headers,
        body: hasBody ? JSON.stringify(call.body) : null,
        signal: deadline.signal,
        headersTimeout: timeouts.headersMs,
        bodyTimeout: timeouts.bodyMs,
      });
      const status = response.statusCode;
      if (account) limits.responseReceived(account.accountId, status, response.headers);
      if (!isSuccess(status)) {
        const bytes = await readErrorBody(response.body);
        if (call.alsoAnswers?.includes(status)) {
          const body = parseBody(bytes, headerOf(response.headers, 'content-type'));
          if (body.kind === 'json') return { status, body: body.value, bytes };
        }
        throw responseError(status, response.headers, bytes, { nowMs: nowMs(), secret: key });
      }
      const bytes = await readBounded(response.body, MAX_RESPONSE_BYTES);
      const { last } = call;
      if (last && bytes.equals(last)) return { status, body: undefined, bytes: last };
      return { status, body: jsonOf(bytes, status, response.headers), bytes };
    } catch (error) {
      throw transportError(error, error instanceof ServiceError ? null : deadline.stopped());
    } finally {
      deadline.end();
    }
  }

  return {
    request,
    rateLimits: limits.limits,
    requestsInLastHour: limits.requestsInLastHour,
    resetConnections: connections.reset,
    close: connections.close,
  };
}

function jsonOf(bytes: Uint8Array, status: number, headers: ResponseHeaders): unknown {
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
