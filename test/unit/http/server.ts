import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Access } from '../../../main/domain/service';
import { ServiceError } from '../../../main/domain/service-error';
import { createJsonClient, type JsonHttpClient } from '../../../main/http/json-client';

/** A key as a user may have one; tests look for it where it must not be. */
export const KEY = 'sk-test-0123456789-secret';

interface Seen {
  method: string;
  url: string;
  headers: IncomingMessage['headers'];
  body: Buffer;
}

export type Handler = (request: IncomingMessage, response: ServerResponse, body: Buffer) => void;

export interface TestServer {
  url: string;
  port: number;
  seen: Seen[];
  /** How many sockets were opened so far. */
  connections: number;
  /** How many of them are open. */
  open: number;
  answer: Handler;
  close(): Promise<void>;
}

/** A real HTTP server on this machine; `answer` may be replaced at any time. */
export async function startServer(): Promise<TestServer> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('error', () => {});
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      const { method = '', url = '', headers } = request;
      self.seen.push({ method, url, headers, body });
      self.answer(request, response, body);
    });
  });
  server.on('connection', (socket) => {
    self.connections += 1;
    self.open += 1;
    socket.once('close', () => {
      self.open -= 1;
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const self: TestServer = {
    url: `http://127.0.0.1:${port}`,
    port,
    seen: [],
    connections: 0,
    open: 0,
    answer: json({}),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return self;
}

/** Answers with JSON. */
export function json(value: unknown, status = 200, headers: Record<string, string> = {}): Handler {
  return raw(JSON.stringify(value), status, { 'content-type': 'application/json', ...headers });
}

/** Answers with these bytes. */
export function raw(
  body: string | Uint8Array,
  status = 200,
  headers: Record<string, string> = {},
): Handler {
  return (_request, response) => {
    response.writeHead(status, headers);
    response.end(body);
  };
}

/** Answers by path, ignoring the query; 404 for others. */
export function routes(table: Record<string, Handler>): Handler {
  return (request, response, body) => {
    const path = `${request.method} ${request.url?.split('?')[0]}`;
    (table[path] ?? json({ error: 'not found' }, 404))(request, response, body);
  };
}

export function accessTo(baseUrl: string, changes: Partial<Access> = {}): Access {
  return { accountId: 'a1', baseUrl, keyHeader: 'bearer', key: async () => KEY, ...changes };
}

export function clientFor(
  options: Partial<Parameters<typeof createJsonClient>[0]> = {},
): JsonHttpClient {
  return createJsonClient({ userAgent: 'Cliptray/test', nowMs: Date.now, ...options });
}

/** The ServiceError with which a call must fail. */
export async function failureOf(call: Promise<unknown>): Promise<ServiceError> {
  const outcome = await call.then(
    () => new Error('the call succeeded'),
    (error: unknown) => error,
  );
  if (!(outcome instanceof ServiceError)) throw outcome;
  return outcome;
}
