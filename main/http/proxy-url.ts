import { ServiceError } from '../domain/service-error';
import { isLoopback } from './tls-policy';

/** Asks the system which proxy leads to an origin. Answers as Electron's `session.resolveProxy` does. */
export type ResolveProxy = (origin: string) => Promise<string | null>;

const SCHEMES: Record<string, string> = { PROXY: 'http', HTTPS: 'https', SOCKS5: 'socks5' };

/**
 * The proxy's URL out of the system's answer, or null to connect directly. Takes a list such as
 * `PROXY proxy:8080; DIRECT`, of which the first usable entry counts, or a URL. Throws ServiceError
 * `unreachable` when every entry is of a kind we cannot use (SOCKS 4): connecting directly would
 * bypass what the user has set.
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
  // A failed look-up is no reason to stop: most machines have no proxy.
  return proxyUrlFrom(await resolve(origin.origin).catch(() => null));
}
