import { ServiceError } from '../domain/service-error';

/** Whether a host name means this machine, where plain http has no wire to be read on. */
export function isLoopback(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname === '[::1]' ||
    /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(hostname)
  );
}

/** Whether a key or an authorised address may travel to it: https, or http to this machine. */
export function isSafeOrigin(url: URL): boolean {
  if (url.username !== '' || url.password !== '') return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
}

/**
 * Checks a service's base URL and gives it without a trailing slash. Throws an Error whose message
 * a person can act on; it does not repeat the text, which may hold a password or a key.
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
 * A path of the given segments, each encoded. Ids come from services, so one of them may be `..`,
 * which encodeURIComponent leaves as it is: such an id throws ServiceError `unexpected-shape`.
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
 * The address of a call. Throws ServiceError `rejected` for a path that is not plainly below the
 * base, and for a base that a key must not travel to.
 */
export function joinUrl(baseUrl: string, path: string, query: Record<string, string> = {}): URL {
  let base: string;
  try {
    base = acceptableBaseUrl(baseUrl);
  } catch (error) {
    throw new ServiceError('rejected', { remoteText: (error as Error).message });
  }
  const url = new URL(base + path);
  // The parser resolves dot segments, also written %2e, and turns backslashes into slashes: a path
  // that comes out of it changed was not made by pathTo.
  if (!path.startsWith('/') || path.startsWith('//') || url.href !== base + path) {
    throw new ServiceError('rejected');
  }
  if (url.search !== '' || url.hash !== '') throw new ServiceError('rejected');
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url;
}
