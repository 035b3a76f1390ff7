import type { IncomingHttpHeaders } from 'node:http';
import type { ServiceName } from './types';
import type { World } from './world';

type KeyForm = 'none' | 'bearer' | 'x-api-key' | 'both';
export type Outcome =
  /** the whole answer was handed to the network */
  | 'answered'
  /** a fault cut the connection */
  | 'reset'
  /** a fault keeps it waiting */
  | 'hung'
  /** the client went away first */
  | 'gone'
  | 'in-flight';

export interface LoggedRequest {
  id: number;
  /** by the simulator's clock */
  atMs: number;
  service: ServiceName;
  method: string;
  /** as the documentation writes it: without /api-proxy */
  path: string;
  query: Record<string, string>;
  /** `GET /clips/{clipId}`, or null when no route matched */
  route: string | null;
  headers: Record<string, string>;
  keyForm: KeyForm;
  /** the label of the key, never the key */
  keyLabel: string | null;
  accountId: string | null;
  /** text of a JSON body, cut at 16 KiB */
  body: string | null;
  bytesIn: number;
  bytesOut: number;
  status: number | null;
  /** when its answer began to be sent, by the simulator's clock */
  answeredAtMs: number | null;
  outcome: Outcome;
  /** real milliseconds */
  durationMs: number | null;
  partNumber: number | null;
  faultId: string | null;
  /** the request had its effect, whatever the client was told */
  applied: boolean;
}

export interface KeyLeak {
  requestId: number;
  service: ServiceName;
  path: string;
  how: 'header-at-storage' | 'key-in-url' | 'key-of-the-other-service';
}

export interface RequestFilter {
  service?: ServiceName;
  method?: string;
  route?: string;
  /** at most this many, the newest ones; 200 if omitted */
  afterId?: number;
  /** at most this many, the newest ones; 200 if omitted */
  limit?: number;
}

const secretHeaders = new Set(['authorization', 'x-api-key', 'cookie']);
const secretQuery = /signature|credential|token|device_code/i;

/** The requests, in order and bounded; keys and signatures are masked before they are stored. */
export class RequestLog {
  readonly #world: World;
  #entries: LoggedRequest[] = [];
  #open = new Map<number, { entry: LoggedRequest; cut: () => void }>();
  #counters = new Map<string, number>();
  #leaks: KeyLeak[] = [];
  #nextId = 1;

  constructor(world: World) {
    this.#world = world;
  }

  /** Records a request that came in; `cut` ends its connection. */
  open(
    service: ServiceName,
    method: string,
    path: string,
    url: URL,
    headers: IncomingHttpHeaders,
    cut: () => void = () => {},
  ): LoggedRequest {
    const entry: LoggedRequest = {
      id: this.#nextId++,
      atMs: this.#world.clock.now(),
      service,
      method,
      path,
      query: maskQuery(url),
      route: null,
      headers: maskHeaders(headers),
      keyForm: 'none',
      keyLabel: null,
      accountId: null,
      body: null,
      bytesIn: 0,
      bytesOut: 0,
      status: null,
      answeredAtMs: null,
      outcome: 'in-flight',
      durationMs: null,
      partNumber: null,
      faultId: null,
      applied: false,
    };
    this.#entries.push(entry);
    this.#open.set(entry.id, { entry, cut });
    const limit = this.#world.config.logLimit;
    if (this.#entries.length > limit * 1.25) this.#entries = this.#entries.slice(-limit);
    return entry;
  }

  close(entry: LoggedRequest, outcome: Outcome, durationMs: number): void {
    if (!this.#open.delete(entry.id)) return;
    entry.outcome = outcome;
    entry.durationMs = Math.round(durationMs * 10) / 10;
  }

  /**
   * Cuts every connection that has no answer yet. A connection that a fault left unread does not
   * even notice that its client is gone, so nothing else would end it.
   */
  cutAll(): void {
    for (const { entry, cut } of [...this.#open.values()]) {
      cut();
      this.close(entry, 'reset', 0);
    }
  }

  /** Counts a request under its route once the route is known. */
  count(entry: LoggedRequest): void {
    const name = `${entry.service} ${entry.route ?? `${entry.method} (no route)`}`;
    this.#counters.set(name, (this.#counters.get(name) ?? 0) + 1);
  }

  leak(entry: LoggedRequest, how: KeyLeak['how']): void {
    this.#leaks.push({ requestId: entry.id, service: entry.service, path: entry.path, how });
  }

  list(filter: RequestFilter = {}): LoggedRequest[] {
    const found = this.#entries.filter(
      (entry) =>
        (filter.service === undefined || entry.service === filter.service) &&
        (filter.method === undefined || entry.method === filter.method) &&
        (filter.route === undefined || entry.route === filter.route) &&
        entry.id > (filter.afterId ?? 0),
    );
    return found.slice(-(filter.limit ?? 200));
  }

  inFlight(): LoggedRequest[] {
    return [...this.#open.values()].map(({ entry }) => entry);
  }

  counters(): Record<string, number> {
    return Object.fromEntries([...this.#counters].sort());
  }

  leaks(): KeyLeak[] {
    return [...this.#leaks];
  }

  /** Forgets finished requests, counters and leaks; ids keep counting up. */
  clear(): void {
    this.#entries = this.inFlight();
    this.#counters.clear();
    this.#leaks = [];
  }
}

function maskHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  const masked: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined) continue;
    const text = Array.isArray(value) ? value.join(', ') : value;
    masked[name] = secretHeaders.has(name) ? '***' : text;
  }
  return masked;
}

function maskQuery(url: URL): Record<string, string> {
  const masked: Record<string, string> = {};
  for (const [name, value] of url.searchParams) {
    masked[name] = secretQuery.test(name) ? '***' : value;
  }
  return masked;
}
