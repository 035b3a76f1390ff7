import type { z } from 'zod';
import type { Fees } from '../config';
import type { Account, AccountService, ApiKey } from '../types';
import type { World } from '../world';
import { type Answer, type Exchange, requestBody } from './exchange';
import type { Service } from './perform';

/** A refusal; the service wraps it in its own envelope. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string | undefined;

  /** An empty message stands for the service's usual one for the status. */
  constructor(status: number, code: string | undefined, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** A request that has found its route. */
export interface Call {
  world: World;
  exchange: Exchange;
  params: Record<string, string>;
  query: URLSearchParams;
  /** The parsed JSON body; undefined when there was none. */
  body: unknown;
  nowMs: number;
}

/** A call that carried a good key. */
export interface KeyedCall extends Call {
  account: Account;
  key: ApiKey;
}

interface RouteBase {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** As documented, parameters in braces. */
  path: string;
  /** Autoposting: the scope a key needs. */
  scope?: string;
  /** Autoposting: refused while the plan is suspended. */
  mutation?: boolean;
  /** Clipping: what the call costs. */
  fee?: keyof Fees;
  /** Clipping: starts paid work, so it needs a positive balance in every shape. */
  starts?: boolean;
}

export type Route =
  | (RouteBase & { open: true; handle(call: Call): Answer })
  | (RouteBase & { open?: false; handle(call: KeyedCall): Answer });

interface Compiled {
  route: Route;
  pattern: RegExp;
  names: string[];
}

export interface JsonServiceDeps {
  name: AccountService;
  routes: Route[];
  /** Lets a call in, or throws ApiError. */
  admit(call: Call, route: Route): KeyedCall;
  failure(world: World, status: number, code?: string, message?: string): Answer;
  /** Called once the answer is decided. */
  after?(call: KeyedCall, route: Route): void;
}

/** A service of JSON routes: body, rate limit, route, key, then the route's own work. */
export function jsonService(parts: JsonServiceDeps): Service {
  const find = router(parts.routes);
  return {
    async apply(exchange) {
      const { world, entry, key, account } = exchange;
      const found = find(entry.method, exchange.path);
      if (found) entry.route = `${found.route.method} ${found.route.path}`;
      world.log.count(entry);
      const rate = world.rateLimits.count(parts.name, key, account);
      let answer: Answer;
      try {
        const body = await readJson(exchange);
        if (rate?.refused) throw new ApiError(429, undefined, '');
        if (!found) throw new ApiError(404, undefined, '');
        const { route, params } = found;
        const query = exchange.url.searchParams;
        const call: Call = { world, exchange, params, query, body, nowMs: world.clock.now() };
        if (route.open) {
          answer = route.handle(call);
        } else {
          const keyed = parts.admit(call, route);
          answer = route.handle(keyed);
          parts.after?.(keyed, route);
        }
        entry.applied = true;
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        answer = parts.failure(world, error.status, error.code, error.message || undefined);
      }
      return { ...answer, headers: { ...answer.headers, ...rate?.headers } };
    },
    error: (exchange, status, code, message) =>
      parts.failure(exchange.world, status, code, message),
  };
}

/** Finds the route of a request; routes with exact segments stand before those with parameters. */
function router(routes: Route[]) {
  const compiled: Compiled[] = routes.map((route) => {
    const names = [...route.path.matchAll(/\{([^}]+)\}/g)].map((match) => match[1] ?? '');
    const source = route.path.replace(/\{[^}]+\}/g, '([^/]+)');
    return { route, names, pattern: new RegExp(`^${source}/?$`) };
  });
  return (method: string, path: string) => {
    for (const { route, pattern, names } of compiled) {
      if (route.method !== method) continue;
      const match = pattern.exec(path);
      if (!match) continue;
      const params: Record<string, string> = {};
      names.forEach((name, index) => {
        params[name] = decodeURIComponent(match[index + 1] ?? '');
      });
      return { route, params };
    }
    return null;
  };
}

const bodyLimitBytes = 1_048_576;
const loggedBodyChars = 16_384;

/** Reads and parses a JSON body. Throws ApiError 400 or 413. */
async function readJson(exchange: Exchange): Promise<unknown> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of requestBody(exchange)) {
    sizeBytes += chunk.length;
    if (sizeBytes <= bodyLimitBytes) chunks.push(chunk);
  }
  if (sizeBytes > bodyLimitBytes) throw new ApiError(413, undefined, 'The body is too large.');
  if (sizeBytes === 0) return undefined;
  const text = Buffer.concat(chunks).toString('utf8');
  exchange.entry.body = text.slice(0, loggedBodyChars);
  if (!/^application\/json\b/i.test(exchange.req.headers['content-type'] ?? '')) {
    throw new ApiError(400, undefined, 'Content-Type must be application/json.');
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new ApiError(400, undefined, 'The body is not valid JSON.');
  }
}

/** Parses the body with a schema. Throws ApiError 400 with the name of the first wrong field. */
export function checked<T extends z.ZodType>(
  call: Call,
  schema: T,
  say: (field: string, problem: string) => string,
): z.output<T> {
  const result = schema.safeParse(call.body ?? {});
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new ApiError(
    400,
    undefined,
    say(issue?.path.join('.') || 'body', issue?.message ?? 'invalid'),
  );
}
