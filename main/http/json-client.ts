import { isSuccess } from '../domain/http-status';
import type { RateLimits } from '../domain/rate-limits';
import type { Access, JsonAnswer, JsonClient, JsonRequest, OpenAccess } from '../domain/service';
import { ServiceError } from '../domain/service-error';
import { createConnections } from './connections';
import { unpackedBody } from './content-encoding';
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

/** The HTTP client for services. Parts of uploads have their own: `part-client.ts`. */
export interface JsonHttpClient extends JsonClient {
  /** The account's rate limits as the service last reported them; null if it never has. */
  rateLimits(accountId: string): RateLimits | null;
  /** The account's requests in the last 60 minutes of this run of the app. */
  requestsInLastHour(accountId: string): number;
  /**
   * Drops every socket; calls under way end as `unreachable`. For a wake or a change of the network,
   * after which older sockets look open but never answer.
   */
  resetConnections(): void;
  close(): Promise<void>;
}

/**
 * Makes the client. It never follows a redirect (which would carry the key elsewhere), never asks for a
 * compressed response (a small one can unpack to gigabytes; one that comes all the same is unpacked, and its
 * size is limited then), and never retries a call: only the caller
 * knows whether and when that is safe. A call that must not be made twice has a connection of its own: the
 * service may be closing a kept one just then, and nobody would know whether the call had arrived
 * (https://www.rfc-editor.org/rfc/rfc9112#section-9.3.1).
 */
export function createJsonClient(options: {
  userAgent: string;
  nowMs: () => number;
  /** As in `Clock`; without it, the wall clock counts as one that is never set. */
  monotonicMs?: () => number;
  resolveProxy?: ResolveProxy;
  timeouts?: Partial<CallTimeouts>;
}): JsonHttpClient {
  const timeouts = { ...JSON_TIMEOUTS, ...options.timeouts };
  const { nowMs, monotonicMs = nowMs } = options;
  const limits = createRateLimitTracker({ nowMs, monotonicMs });
  const connections = createConnections(
    (proxyUrl) => openDispatcher(proxyUrl, timeouts.connectMs),
    monotonicMs,
    options.resolveProxy,
  );

  async function request(access: Access | OpenAccess, call: JsonRequest): Promise<JsonAnswer> {
    const url = joinUrl(access.baseUrl, call.path, call.query);
    const account = 'key' in access ? access : null;
    const key = account && (await readKey(account));
    const headers = {
      ...(account && key !== null ? keyHeaders(account.keyHeader, key) : {}),
      'user-agent': options.userAgent,
    };
    const deadline = startDeadline(timeouts.callMs, call.signal);
    const isSingle = call.method !== 'GET' && call.isRepeatable !== true;
    const connecting = isSingle ? connections.single(url) : connections.to(url);
    try {
      const dispatcher = await deadline.bound(connecting);
      if (account) limits.requestSent(account.accountId);
      const response = await send(url, {
        dispatcher,
        method: call.method,
        ...contentOf(call, headers),
        signal: deadline.signal,
        headersTimeout: timeouts.headersMs,
        bodyTimeout: timeouts.bodyMs,
      });
      const { statusCode, headers: received } = response;
      if (account) limits.responseReceived(account.accountId, statusCode, received);
      return isSuccess(statusCode)
        ? await readAnswer(response, call)
        : await readRefusal(response, call, { nowMs, secret: key });
    } catch (error) {
      throw transportError(error, error instanceof ServiceError ? null : deadline.stopped());
    } finally {
      deadline.end();
      if (isSingle) void connecting.then(connections.end, () => {});
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

/** A request's body, and its headers with those about the content. */
function contentOf({ body }: JsonRequest, others: Record<string, string>) {
  // No `x-source`: the vendor's SDK sends `sdk`, which we are not, and no other value is documented for
  // clips.
  const headers = { ...others, accept: 'application/json' };
  if (body === undefined) return { headers, body: null };
  return {
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  };
}

type Response = Awaited<ReturnType<typeof send>>;

/** The answer in a successful response. */
async function readAnswer(
  { statusCode: status, headers, body }: Response,
  { last }: JsonRequest,
): Promise<JsonAnswer> {
  const bytes = await readBounded(unpackedBody(body, headers), MAX_RESPONSE_BYTES);
  if (last && bytes.equals(last)) return { status, body: undefined, bytes: last };
  return { status, body: jsonOf(bytes, status, headers), bytes };
}

/** The answer in a response that is not 2xx, where the call takes it for one. Throws for any other. */
async function readRefusal(
  { statusCode: status, headers, body }: Response,
  { alsoAnswers }: JsonRequest,
  { nowMs, secret }: { nowMs: () => number; secret: string | null },
): Promise<JsonAnswer> {
  const bytes = await readErrorBody(unpackedBody(body, headers));
  if (alsoAnswers?.includes(status)) {
    const parsed = parseBody(bytes, headerOf(headers, 'content-type'));
    if (parsed.kind === 'json') return { status, body: parsed.value, bytes };
  }
  throw responseError(status, headers, bytes, { nowMs: nowMs(), secret });
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
