import { ServiceError } from '../domain/service-error';
import { isLoopback, isSafeOrigin } from './tls-policy';

/** Throws ServiceError `unexpected-shape` for a URL that is neither https nor on this machine. */
export function checkedUrl(text: string): URL {
  // The parser's error would repeat the URL, which may itself be an authorisation.
  if (!URL.canParse(text)) throw new ServiceError('unexpected-shape');
  const url = new URL(text);
  if (!isSafeOrigin(url)) throw new ServiceError('unexpected-shape');
  return url;
}

/** Where a redirect leads. Throws ServiceError `unexpected-shape` if it must not be followed. */
export function redirectTarget(from: URL, location: string): URL {
  if (!URL.canParse(location, from.href)) throw new ServiceError('unexpected-shape');
  const url = checkedUrl(new URL(location, from.href).href);
  // A remote host must not make us call something on this machine.
  if (isLoopback(url.hostname) && !isLoopback(from.hostname)) {
    throw new ServiceError('unexpected-shape');
  }
  return url;
}
