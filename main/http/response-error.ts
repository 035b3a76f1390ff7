import { ServiceError, type ServiceProblem } from '../domain/service-error';

import { remoteTextOf } from './error-text';
import { headerOf, type ResponseHeaders } from './headers';
import { resetAtMs } from './rate-limit-headers';
import { type ParsedBody, parseBody } from './response-body';
import { retryAfterMs } from './retry-after';

function says(body: ParsedBody, code: string): boolean {
  if (body.kind !== 'json' || typeof body.value !== 'object' || body.value === null) return false;
  const { error, code: codeField } = body.value as { error?: unknown; code?: unknown };
  return [error, codeField].some(
    (value) => typeof value === 'string' && value.toLowerCase() === code,
  );
}

function problemOf(status: number, body: ParsedBody): ServiceProblem {
  if (status === 429) return 'rate-limited';
  // The network asks for a sign-in: https://www.rfc-editor.org/rfc/rfc6585#section-6
  if (status === 511) return 'not-json';
  if (status >= 500) return 'service-fault';
  // The proxy asks for a sign-in: the request never reached the service.
  if (status === 407) return 'unreachable';
  if (status === 408) return 'timed-out';
  // A hotel's sign-in page, a firewall's warning, a wrong address: whatever its status, it says nothing
  // about the key, the balance or the job.
  if (status < 400 || body.kind === 'page') return 'not-json';
  switch (status) {
    case 401:
      return 'key-refused';
    case 402:
      return 'no-credit';
    case 403:
      return says(body, 'billing_suspended') ? 'plan-suspended' : 'scope-missing';
    case 404:
    case 410:
      return 'not-found';
    case 409:
      return 'conflict';
    default:
      return 'rejected';
  }
}

/**
 * The error for a response that is not 2xx. Its status decides, never its text. The statuses are listed
 * in Autoposting's overview, and on Clipping's authentication and billing pages.
 */
export function responseError(
  status: number,
  headers: ResponseHeaders,
  bytes: Uint8Array,
  options: { nowMs: number; secret: string | null },
): ServiceError {
  const body = parseBody(bytes, headerOf(headers, 'content-type'));
  const problem = problemOf(status, body);
  const retryAtMs =
    problem === 'rate-limited'
      ? (retryAfterMs(headers, options.nowMs) ?? resetAtMs(headers, options.nowMs))
      : problem === 'service-fault'
        ? retryAfterMs(headers, options.nowMs)
        : null;
  const remoteText =
    status === 407
      ? PROXY_TEXT
      : body.kind === 'json'
        ? remoteTextOf(body.value, options.secret)
        : null;
  return new ServiceError(problem, { status, remoteText, retryAtMs });
}

/** Shown in place of a service's words when a proxy asks for a user name and a password. */
export const PROXY_TEXT = 'The network proxy asks for a sign-in (407).';
