import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, createConnection, createServer, type Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DownloadClient } from '../../../main/domain/download';
import type { PartClient } from '../../../main/domain/part-put';
import { openDispatcher } from '../../../main/http/dispatcher';
import { createDownloadClient } from '../../../main/http/download-client';
import type { JsonHttpClient } from '../../../main/http/json-client';
import { breakSocketsFrom } from '../../../main/http/open-sockets';
import { createPartClient } from '../../../main/http/part-client';
import { request } from '../../../main/http/undici';
import { accessTo, clientFor, failureOf, json, startServer } from './server';

const MIB = 1024 * 1024;
const signal = new AbortController().signal;

let ends: (() => Promise<unknown>)[];
let parts: PartClient;
let client: JsonHttpClient;
let downloads: DownloadClient;

beforeEach(() => {
  const options = { userAgent: 'Cliptray/test', nowMs: Date.now };
  parts = createPartClient(options);
  client = clientFor();
  downloads = createDownloadClient(options);
  ends = [() => client.close(), () => downloads.close(), async () => parts.resetConnections()];
});
afterEach(async () => {
  for (const end of ends) await end();
});

/**
 * A server that reads requests byte by byte as they come. `answer` is called at the end of each head, and
 * what it returns at the end of the request.
 */
async function wire(answer: (socket: Socket) => () => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    let head = '';
    let leftBytes = 0;
    let finish = () => {};
    socket.on('data', (bytes) => {
      let body = bytes;
      if (leftBytes === 0) {
        head += bytes.toString('latin1');
        const end = head.indexOf('\r\n\r\n');
        if (end < 0) return;
        leftBytes = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
        body = Buffer.from(head.slice(end + 4), 'latin1');
        head = '';
        finish = answer(socket);
      }
      leftBytes -= body.length;
      if (leftBytes === 0) finish();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  ends.push(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function* pieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += MIB) yield bytes.subarray(at, at + MIB);
}

const put = (url: string, bytes = randomBytes(3 * MIB)) =>
  parts.put({
    ...{ url: `${url}/p`, proxy: null, contentMd5: null, signal },
    ...{ body: pieces(bytes), sizeBytes: bytes.length },
  });
const get = (url: string) => client.request(accessTo(url), { method: 'GET', path: '/clips' });

async function download(url: string): Promise<string> {
  const { body } = await downloads.open(`${url}/v.mp4`, null, signal);
  let text = '';
  for await (const piece of body) text += Buffer.from(piece).toString();
  return text;
}

const CONTINUE = 'HTTP/1.1 100 Continue\r\n\r\n';
const INTERIM =
  'HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: </a>; rel=preload\r\n\r\n';
const FINAL = 'HTTP/1.1 200 OK\r\netag: "e"\r\ncontent-length: 10\r\n\r\n{"data":1}';

describe('a server that sends interim responses unasked', () => {
  const servers: [string, (socket: Socket) => () => void][] = [
    [
      '100 at once',
      (socket) => {
        socket.write(CONTINUE);
        return () => socket.write(FINAL);
      },
    ],
    ['100 in one packet with the answer', (socket) => () => socket.write(CONTINUE + FINAL)],
    [
      'several of each kind',
      (socket) => {
        socket.write(CONTINUE + INTERIM);
        return () => socket.write(INTERIM + CONTINUE + FINAL);
      },
    ],
    [
      '100 of an old proxy',
      (socket) => {
        socket.write('HTTP/1.0 100 Continue\r\n\r\n');
        return () => socket.write(FINAL);
      },
    ],
    [
      'a byte at a time',
      (socket) => {
        socket.setNoDelay(true);
        return () => {
          const bytes = Buffer.from(INTERIM + CONTINUE + FINAL);
          const next = (at: number): void => {
            if (at < bytes.length)
              socket.write(bytes.subarray(at, at + 1), () => setImmediate(next, at + 1));
          };
          next(0);
        };
      },
    ],
  ];
  it.each(servers)('%s: parts, calls and downloads work', async (_, answer) => {
    let connections = 0;
    const url = await wire((socket) => {
      if (socket.bytesWritten === 0) connections += 1;
      return answer(socket);
    });
    for (let round = 0; round < 3; round += 1) {
      expect(await put(url)).toMatchObject({ status: 200, etag: '"e"' });
      expect((await get(url)).body).toEqual({ data: 1 });
      expect(await download(url)).toBe('{"data":1}');
    }
    expect(connections).toBe(3);
  });

  it('and nothing else, for ever, is given up like a host that does not answer', async () => {
    const url = await wire((socket) => {
      const more = (): void => {
        if (socket.writable) socket.write(CONTINUE.repeat(100), () => setImmediate(more));
      };
      more();
      return () => {};
    });
    expect((await failureOf(get(url))).problem).toBe('unreachable');
    expect((await failureOf(put(url))).problem).toBe('unreachable');
    expect((await failureOf(download(url))).problem).toBe('unreachable');
  });

  it('through a proxy is understood as well', async () => {
    const url = await wire((socket) => {
      socket.write(CONTINUE);
      return () => socket.write(CONTINUE + FINAL);
    });
    const { port } = new URL(url);
    const proxy = createServer((socket) => {
      socket.on('error', () => {});
      socket.once('data', () => {
        const onward = createConnection(Number(port), '127.0.0.1', () => {
          socket.write('HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 Connected\r\n\r\n');
          socket.pipe(onward).pipe(socket);
        });
        onward.on('error', () => socket.destroy());
      });
    });
    proxy.listen(0, '127.0.0.1');
    await once(proxy, 'listening');
    ends.push(async () => void proxy.close());
    const proxyPort = (proxy.address() as AddressInfo).port;
    // The clients reach this machine without a proxy, so this is their dispatcher by itself.
    const dispatcher = openDispatcher(`http://127.0.0.1:${proxyPort}`, 5_000);
    ends.unshift(() => dispatcher.destroy());
    const response = await request(`${url}/clips`, { dispatcher, method: 'GET' });
    expect(await response.body.json()).toEqual({ data: 1 });
  });
});

describe('an address of this machine that is gone', () => {
  it('breaks the calls from it, and none from others', async () => {
    const answers: (() => void)[] = [];
    const server = await startServer();
    ends.push(() => server.close());
    server.answer = (request, response, body) => {
      answers.push(() => json({ data: 1 })(request, response, body));
    };
    const first = get(server.url);
    await expect.poll(() => answers.length).toBe(1);
    breakSocketsFrom(['192.0.2.7', 'fe80::1']);
    answers[0]?.();
    expect((await first).body).toEqual({ data: 1 });
    await nextTurn();

    const second = failureOf(get(server.url));
    await expect.poll(() => answers.length).toBe(2);
    expect(server.connections).toBe(1);
    breakSocketsFrom(['::ffff:127.0.0.1']);
    expect((await second).problem).toBe('unreachable');

    server.answer = json({ data: 2 });
    expect((await get(server.url)).body).toEqual({ data: 2 });
    expect(server.connections).toBe(2);
  });

  it('breaks kept connections from it too, so that the next call does not use one', async () => {
    const server = await startServer();
    ends.push(() => server.close());
    await get(server.url);
    await nextTurn();
    breakSocketsFrom(['192.0.2.7']);
    await get(server.url);
    expect(server.connections).toBe(1);
    await nextTurn();
    breakSocketsFrom(['127.0.0.1']);
    await nextTurn();
    await get(server.url);
    expect(server.connections).toBe(2);
  });

  it('counts whatever the spelling of an IPv6 address', async () => {
    const server = createServer((socket) => void socket.on('error', () => {}));
    server.listen(0, '::1');
    await once(server, 'listening');
    ends.push(async () => void server.close());
    const { port } = server.address() as AddressInfo;
    let problem = '';
    void failureOf(get(`http://[::1]:${port}`)).then((failure) => {
      problem = failure.problem;
    });
    await once(server, 'connection');
    // The server knows of the connection a moment before the client does.
    await expect
      .poll(() => {
        breakSocketsFrom(['fe80::1%eth0', '::1%lo']);
        return problem;
      })
      .toBe('unreachable');
  });
});
