import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { settle } from '../settle';
import type { ServiceName } from '../types';
import type { World } from '../world';
import { type Exchange, html, send } from './exchange';
import { perform, type Service } from './perform';

/** Serves one service: log, key, fault, answer. */
export function serviceServer(world: World, name: ServiceName, service: Service): http.Server {
  const handle = (req: http.IncomingMessage, res: http.ServerResponse, continues: boolean) => {
    const exchange = openExchange(world, name, req, res, continues);
    if (!exchange) {
      // Outside its API the real host serves the dashboard's page to everything.
      const page = '<!doctype html><html><head><title>Dashboard</title></head><body></body></html>';
      res.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' });
      res.end(page);
      req.resume();
      return;
    }
    void run(world, service, exchange);
  };
  const server = http.createServer((req, res) => handle(req, res, false));
  server.on('checkContinue', (req, res) => handle(req, res, true));
  // No timeouts: slow bodies and answers that never come are the simulator's purpose.
  server.requestTimeout = 0;
  server.headersTimeout = 0;
  server.keepAliveTimeout = 60_000;
  return server;
}

function openExchange(
  world: World,
  name: ServiceName,
  req: http.IncomingMessage,
  res: http.ServerResponse,
  expectsContinue: boolean,
): Exchange | null {
  const url = new URL(req.url ?? '/', 'http://simulator');
  let path = url.pathname;
  if (name === 'autoposting') {
    if (path !== '/api-proxy' && !path.startsWith('/api-proxy/')) return null;
    path = path.slice('/api-proxy'.length) || '/';
  }
  const cut = () => req.socket.destroy();
  const entry = world.log.open(name, req.method ?? 'GET', path, url, req.headers, cut);
  const part = name === 'storage' ? Number(url.searchParams.get('partNumber')) : 0;
  entry.partNumber = Number.isInteger(part) && part > 0 ? part : null;
  const exchange: Exchange = {
    world,
    req,
    res,
    url,
    path,
    entry,
    key: null,
    account: null,
    interception: {},
    fate: null,
    expectsContinue,
    bodyRead: false,
  };
  identify(exchange, name);
  const startMs = performance.now();
  res.on('close', () => {
    const outcome = exchange.fate ?? (res.writableFinished ? 'answered' : 'gone');
    world.log.close(entry, outcome, performance.now() - startMs);
  });
  return exchange;
}

/** Finds the key that was sent, and notes a key that should not be there. */
function identify(exchange: Exchange, name: ServiceName): void {
  const { world, req, entry } = exchange;
  const bearer = /^Bearer\s+(.+)$/i.exec(req.headers.authorization ?? '')?.[1]?.trim();
  const plain = req.headers['x-api-key'];
  const header = typeof plain === 'string' ? plain.trim() : undefined;
  if (req.headers.authorization !== undefined && header !== undefined) entry.keyForm = 'both';
  else if (req.headers.authorization !== undefined) entry.keyForm = 'bearer';
  else if (header !== undefined) entry.keyForm = 'x-api-key';

  const target = decodeURIComponent(req.url ?? '');
  for (const key of world.keys.keys()) {
    if (target.includes(key)) world.log.leak(entry, 'key-in-url');
  }
  if (name === 'storage') {
    if (entry.keyForm !== 'none') world.log.leak(entry, 'header-at-storage');
    return;
  }
  // Clipping documents Bearer alone.
  const sent = name === 'autoposting' ? (bearer ?? header) : bearer;
  const key = sent === undefined ? undefined : world.keys.get(sent);
  const account = key && world.accounts.get(key.accountId);
  if (!key || !account) return;
  if (account.service !== name) {
    world.log.leak(entry, 'key-of-the-other-service');
    return;
  }
  exchange.key = key;
  exchange.account = account;
  entry.keyLabel = key.label;
  entry.accountId = account.id;
}

async function run(world: World, service: Service, exchange: Exchange): Promise<void> {
  const { entry, path, res } = exchange;
  const fault = world.faults.take({
    service: entry.service,
    method: entry.method,
    path,
    partNumber: entry.partNumber,
    accountId: entry.accountId,
  });
  entry.faultId = fault?.id ?? null;
  try {
    settle(world);
    service.arrived?.(exchange);
    await perform(service, exchange, fault?.action ?? null);
  } catch (error) {
    if (res.destroyed || exchange.req.destroyed) return;
    console.error(`${entry.method} ${entry.path}:`, error);
    await send(exchange, html(500, `the simulator failed: ${String(error)}`));
  }
}

/** Listens on the loopback address; returns the URL. */
export async function listen(server: http.Server, port: number): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
