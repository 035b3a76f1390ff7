import { ServiceError } from '../domain/service-error';
import { isLoopback } from './tls-policy';

/** Looks up the proxy for an origin; returns what Electron's `session.resolveProxy` does. */
export type ResolveProxy = (origin: string) => Promise<string | null>;

const SCHEMES: Record<string, string> = { PROXY: 'http', HTTPS: 'https', SOCKS5: 'socks5' };

/**
 * The proxy's URL in the system's answer, or null to connect directly. The answer is a URL, or a list
 * such as `PROXY proxy:8080; DIRECT`, whose first usable entry counts. Throws ServiceError `unreachable`
 * if we cannot use any of the entries (SOCKS 4): connecting directly would bypass the user's settings.
 */
export function proxyUrlFrom(answer: string | null): string | null {
  const entries = (answer ?? '')
    .split(';')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
  if (entries.length === 0) return null;
  for (const entry of entries) {
    if (entry.toUpperCase() === 'DIRECT') return null;
    const [kind = '', host = ''] = entry.split(/\s+/);
    const scheme = SCHEMES[kind.toUpperCase()];
    const text = scheme === undefined ? kind : `${scheme}://${host}`;
    if (/^(https?|socks5):\/\/[^/]/i.test(text) && URL.canParse(text)) return new URL(text).href;
  }
  throw new ServiceError('unreachable', {
    remoteText: 'The network proxy is of a kind that Cliptray cannot use.',
  });
}

/**
 * Which proxy a connection to `origin` goes through, or null for a direct one. This machine is always
 * reached directly. Throws as `proxyUrlFrom` does.
 */
export async function proxyFor(origin: URL, resolve?: ResolveProxy): Promise<string | null> {
  if (resolve === undefined || isLoopback(origin.hostname)) return null;
  // A failed look-up must not stop the call: most machines have no proxy.
  return proxyUrlFrom(await resolve(origin.origin).catch(() => null));
}
