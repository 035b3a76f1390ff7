import { ServiceError } from '../domain/service-error';
import { PROXY_TEXT } from './response-error';

function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && /^[A-Z0-9_]{1,60}$/.test(code) ? code : 'NO_CODE';
}

/** OpenSSL's reasons, as Node names them: https://nodejs.org/docs/latest-v20.x/api/tls.html#x509-certificate-error-codes */
const UNTRUSTED = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'CERT_UNTRUSTED',
  'INVALID_CA',
]);
const WRONG = new Set([
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'ERROR_IN_CERT_NOT_BEFORE_FIELD',
  'ERROR_IN_CERT_NOT_AFTER_FIELD',
  'CERT_REVOKED',
  'CERT_REJECTED',
  'CERT_SIGNATURE_FAILURE',
  'CERT_CHAIN_TOO_LONG',
  'PATH_LENGTH_EXCEEDED',
  'INVALID_PURPOSE',
  'HOSTNAME_MISMATCH',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'ERR_TLS_CERT_ALTNAME_FORMAT',
]);

/** What is wrong with the certificate of the host or of its proxy; null if the failure is another. */
function certificateProblem(
  failure: unknown,
): 'untrusted-certificate' | 'wrong-certificate' | null {
  // undici wraps the failure of a proxy's certificate in an error of its own.
  const codes = [failure, (failure as { cause?: unknown } | null)?.cause].map(codeOf);
  if (codes.some((code) => UNTRUSTED.has(code))) return 'untrusted-certificate';
  return codes.some((code) => WRONG.has(code)) ? 'wrong-certificate' : null;
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
  const certificate = certificateProblem(failure);
  if (certificate !== null) return new ServiceError(certificate, { cause });
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
