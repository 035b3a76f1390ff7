import { ServiceError, type ServiceProblem } from '../domain/service-error';
import { type ParsedBody, parseBody } from './body';
import { type AnswerHeaders, headerOf, resetAtMs, retryAfterMs } from './rate-limit-headers';
import { remoteTextOf } from './remote-text';

function says(body: ParsedBody, code: string): boolean {
  if (body.kind !== 'json' || typeof body.value !== 'object' || body.value === null) return false;
  const { error, code: codeField } = body.value as { error?: unknown; code?: unknown };
  return [error, codeField].some(
    (value) => typeof value === 'string' && value.toLowerCase() === code,
  );
}

function problemOf(status: number, body: ParsedBody): ServiceProblem {
  if (status === 429) return 'rate-limited';
  if (status >= 500) return 'service-fault';
  // The proxy between us and the service wants a sign-in: the service was never asked.
  if (status === 407) return 'unreachable';
  if (status === 408) return 'timed-out';
  // A sign-in page of a hotel, a firewall's warning, the wrong address: whatever its status says,
  // it says nothing about the key, the balance or the job.
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
 * The error for an answer that is not 2xx, by status first and never by the sentence in it. The
 * status table is in Autoposting's overview and Clipping's authentication and billing pages.
 */
export function errorFromAnswer(
  status: number,
  headers: AnswerHeaders,
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

/** Shown in place of a service's words when a proxy asks for a name and a password. */
export const PROXY_TEXT = 'The network proxy asks for a sign-in (407).';
