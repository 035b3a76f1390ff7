import { proxyFor, type ResolveProxy } from './proxy-url';
import { trustRevision } from './trusted-certificates';

/** A set of sockets to one origin: what undici calls a dispatcher. */
interface Connection {
  /** Lets calls under way finish. */
  close(): Promise<void>;
  /** Aborts calls under way. */
  destroy(): Promise<void>;
}

/** The system's proxy settings may change while the app runs. */
const PROXY_KNOWN_FOR_MS = 60_000;

/** A service chooses the URLs of parts, so it could name a new host each time. */
const MAX_ORIGINS = 32;

/** Keeps one connection for each origin, through the proxy that the system names for it, and opens others. */
export interface Connections<T extends Connection> {
  /** Callers that know the proxy themselves pass their own `resolveProxy`. */
  to(origin: URL, resolveProxy?: ResolveProxy): Promise<T>;
  /** Opens a connection that nobody else uses. The caller has to `end` it. */
  single(origin: URL): Promise<T>;
  end(single: T): void;
  /** Breaks all connections, so that the next call opens new ones. */
  reset(): void;
  close(): Promise<void>;
}

/** `open` opens a connection through a proxy, or a direct one for null. */
export function createConnections<T extends Connection>(
  open: (proxyUrl: string | null) => T,
  nowMs: () => number,
  resolveProxy?: ResolveProxy,
): Connections<T> {
  const known = new Map<
    string,
    { proxyUrl: string | null; trust: number; checkedAtMs: number; connection: T }
  >();
  const singles = new Set<T>();
  const takeAll = (): T[] => {
    const all = [...singles, ...[...known.values()].map(({ connection }) => connection)];
    known.clear();
    singles.clear();
    return all;
  };

  return {
    async to(url, resolve = resolveProxy) {
      const origin = url.origin;
      const before = known.get(origin);
      const trust = trustRevision();
      const nowKnown =
        before !== undefined &&
        before.trust === trust &&
        nowMs() - before.checkedAtMs < PROXY_KNOWN_FOR_MS;
      if (before !== undefined && nowKnown) return before.connection;

      const proxyUrl = await proxyFor(url, resolve);
      // Read again: another call may have got here first while the proxy was looked up.
      const entry = known.get(origin);
      if (entry?.proxyUrl === proxyUrl && entry.trust === trust) {
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
      known.set(origin, { proxyUrl, trust, checkedAtMs: nowMs(), connection });
      return connection;
    },
    async single(url) {
      const connection = open(await proxyFor(url, resolveProxy));
      singles.add(connection);
      return connection;
    },
    end(single) {
      singles.delete(single);
      void single.destroy().catch(() => {});
    },
    reset() {
      for (const connection of takeAll()) void connection.destroy().catch(() => {});
    },
    async close() {
      await Promise.all(takeAll().map((connection) => connection.destroy().catch(() => {})));
    },
  };
}
