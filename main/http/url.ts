import { ServiceError } from '../domain/service-error';
import { isSafeOrigin } from './tls-policy';

/**
 * Checks a service's base URL and returns it without a trailing slash. Throws an Error with a message
 * that a person can act on and that does not repeat the URL, which may contain a password or a key.
 */
export function acceptableBaseUrl(text: string): string {
  let url: URL;
  try {
    url = new URL(text.trim());
  } catch {
    throw new Error('The service address is not a URL. Use one such as https://example.com/api.');
  }
  if (url.username !== '' || url.password !== '') {
    throw new Error('The service address must not hold a user name or a password.');
  }
  if (!isSafeOrigin(url)) {
    throw new Error(
      'The service address must start with https://. Plain http:// is only for this machine (localhost).',
    );
  }
  if (url.search !== '' || url.hash !== '') {
    throw new Error('The service address must end with its path, without ? or #.');
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}

/**
 * A path made of the given segments, each of them encoded. Ids come from services and could be `..`,
 * which encodeURIComponent does not change: such an id throws ServiceError `unexpected-shape`.
 */
export function pathTo(...segments: string[]): string {
  return segments
    .map((segment) => {
      if (segment === '' || segment === '.' || segment === '..') {
        throw new ServiceError('unexpected-shape');
      }
      try {
        return `/${encodeURIComponent(segment)}`;
      } catch {
        // Half of a surrogate pair: no real id has one.
        throw new ServiceError('unexpected-shape');
      }
    })
    .join('');
}

/**
 * The URL of a call. Throws ServiceError `rejected` if the path does not stay below the base, or if no
 * key may be sent to the base.
 */
export function joinUrl(baseUrl: string, path: string, query: Record<string, string> = {}): URL {
  let base: string;
  try {
    base = acceptableBaseUrl(baseUrl);
  } catch (error) {
    throw new ServiceError('rejected', { remoteText: (error as Error).message });
  }
  const url = new URL(base + path);
  // The parser resolves dot segments, even those written as %2e, and turns backslashes into slashes: if
  // it changes a path, pathTo did not make it.
  if (!path.startsWith('/') || path.startsWith('//') || url.href !== base + path) {
    throw new ServiceError('rejected');
  }
  if (url.search !== '' || url.hash !== '') throw new ServiceError('rejected');
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url;
}
