import { ServiceError } from '../domain/service-error';
import { PROXY_TEXT } from './response-error';

function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && /^[A-Z0-9_]{1,60}$/.test(code) ? code : 'NO_CODE';
}

/**
 * The error for a call that got no complete response. `stopped` says whether we ended it ourselves. Only
 * the failure's code is kept as the cause: messages and properties of transport errors may contain the
 * URL with its query, and headers with the key.
 */
export function transportError(
  failure: unknown,
  stopped: 'timed-out' | 'cancelled' | null,
): ServiceError {
  if (stopped !== null) return new ServiceError(stopped);
  if (failure instanceof ServiceError) return failure;
  const code = codeOf(failure);
  const cause = new Error(code);
  if (/TIMEOUT|TIMEDOUT/.test(code)) return new ServiceError('timed-out', { cause });
  if (code === 'UND_ERR_HEADERS_OVERFLOW') return new ServiceError('too-large', { cause });
  // undici gives the status of a refused tunnel only in its message.
  const refusal = /Proxy response \((\d{3})\)/.exec(String((failure as Error | null)?.message));
  if (refusal) {
    const status = Number(refusal[1]);
    return new ServiceError('unreachable', {
      status,
      remoteText: status === 407 ? PROXY_TEXT : null,
      cause,
    });
  }
  return new ServiceError('unreachable', { cause });
}
