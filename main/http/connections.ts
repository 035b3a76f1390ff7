import { ServiceError } from '../domain/service-error';
import { isLoopback } from './url';

/** A set of sockets to one origin: what undici calls a dispatcher. */
export interface Connection {
  /** Lets calls under way finish. */
  close(): Promise<void>;
  /** Breaks calls under way. */
  destroy(): Promise<void>;
}

/** Which proxy leads to an origin, as Electron's `session.resolveProxy` answers. */
export type ResolveProxy = (origin: string) => Promise<string | null>;

const PROXY_KNOWN_FOR_MS = 60_000;

/** Part addresses come from a service, so it could name a new host each time. */
const MAX_ORIGINS = 32;

const schemes: Record<string, string> = { PROXY: 'http', HTTPS: 'https', SOCKS5: 'socks5' };

/**
 * The proxy's URL, or null for a direct way. Takes a list such as `PROXY proxy:8080; DIRECT`, of
 * which the first usable entry counts, or a URL. Throws ServiceError `unreachable` when every entry
 * is of a kind we cannot use (SOCKS 4): going direct would pass by what the user has set.
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
    const scheme = schemes[kind.toUpperCase()];
    const text = scheme === undefined ? kind : `${scheme}://${host}`;
    if (/^(https?|socks5):\/\/[^/]/i.test(text) && URL.canParse(text)) return new URL(text).href;
  }
  throw new ServiceError('unreachable', {
    remoteText: 'The network proxy is of a kind that Cliptray cannot use.',
  });
}

/** Keeps one connection per origin, through the proxy that the system names for it. */
export interface Connections<T extends Connection> {
  /** `resolveProxy` stands in for that of the connections where only the caller knows the answer. */
  to(origin: URL, resolveProxy?: ResolveProxy): Promise<T>;
  /** Breaks all connections, so that the next call opens new ones. */
  reset(): void;
  close(): Promise<void>;
}

/** `open` makes a connection through a proxy, or a direct one for null. */
export function createConnections<T extends Connection>(
  open: (proxyUrl: string | null) => T,
  nowMs: () => number,
  resolveProxy?: ResolveProxy,
): Connections<T> {
  const known = new Map<string, { proxyUrl: string | null; checkedAtMs: number; connection: T }>();

  async function proxyTo(origin: URL, ask = resolveProxy): Promise<string | null> {
    if (ask === undefined || isLoopback(origin.hostname)) return null;
    // A failed look-up is no ground to stop: most machines have no proxy.
    return proxyUrlFrom(await ask(origin.origin).catch(() => null));
  }

  return {
    async to(url, ask) {
      const origin = url.origin;
      const before = known.get(origin);
      const nowKnown = before !== undefined && nowMs() - before.checkedAtMs < PROXY_KNOWN_FOR_MS;
      if (before !== undefined && nowKnown) return before.connection;

      const proxyUrl = await proxyTo(url, ask);
      // Read again: another call may have come first while we asked.
      const entry = known.get(origin);
      if (entry?.proxyUrl === proxyUrl) {
        entry.checkedAtMs = nowMs();
        return entry.connection;
      }
      void entry?.connection.close().catch(() => {});
      known.delete(origin);
      const [oldest] = known;
      if (oldest !== undefined && known.size >= MAX_ORIGINS) {
        known.delete(oldest[0]);
        void oldest[1].connection.close().catch(() => {});
      }
      const connection = open(proxyUrl);
      known.set(origin, { proxyUrl, checkedAtMs: nowMs(), connection });
      return connection;
    },
    reset() {
      for (const { connection } of known.values()) void connection.destroy().catch(() => {});
      known.clear();
    },
    async close() {
      const all = [...known.values()];
      known.clear();
      await Promise.all(all.map(({ connection }) => connection.destroy().catch(() => {})));
    },
  };
}
