import { createHash, randomBytes } from 'node:crypto';
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net';
import { inspect } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { PartPut } from '../../../main/domain/part-put';
import { createPartClient } from '../../../main/http/part-client';
import { failureOf, json, raw, startServer, type TestServer } from './server';

const MIB = 1024 * 1024;
let server: TestServer;
const client = createPartClient({ userAgent: 'cliptray-test', nowMs: Date.now });

/** Sends a part; whatever a test does not give has its default. */
const putPart = (part: Pick<PartPut, 'url' | 'body' | 'sizeBytes'> & Partial<PartPut>) =>
  client.put({ proxy: null, contentMd5: null, signal: new AbortController().signal, ...part });

async function* one(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());
beforeEach(() => {
  server.seen = [];
  server.answer = raw('', 200, { etag: '"abc"' });
});
afterEach(() => client.resetConnections());

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += size)
    yield bytes.subarray(start, start + size);
}

describe('an upload part', () => {
  it('arrives byte for byte, without key or content type, and brings its ETag with quotes', async () => {
    const bytes = randomBytes(3 * MIB + 17);
    const answer = await putPart({
      url: `${server.url}/bucket/clip.mp4?X-Amz-Signature=s&partNumber=1`,
      body: pieces(bytes, 300_000),
      sizeBytes: bytes.length,
      contentMd5: 'bWQ1',
    });
    expect(answer).toEqual({
      ...{ status: 200, etag: '"abc"', code: null, retryAtMs: null },
      ...{ isPage: false, redirectUrl: null },
    });
    const [seen] = server.seen;
    expect(seen).toMatchObject({
      method: 'PUT',
      url: '/bucket/clip.mp4?X-Amz-Signature=s&partNumber=1',
    });
    expect(sha256(seen?.body ?? Buffer.alloc(0))).toBe(sha256(bytes));
    expect(seen?.headers).toMatchObject({
      'content-length': String(bytes.length),
      'content-md5': 'bWQ1',
    });
    for (const name of [
      'authorization',
      'x-api-key',
      'content-type',
      'transfer-encoding',
      'expect',
    ]) {
      expect(seen?.headers[name]).toBeUndefined();
    }
  });

  it('stays intact although the memory of a piece is reused for the next', async () => {
    const bytes = randomBytes(4 * MIB + 9_000);
    const lent = Buffer.alloc(256 * 1024);
    async function* body(): AsyncGenerator<Uint8Array> {
      for (let start = 0; start < bytes.length; start += lent.length) {
        const size = bytes.copy(lent, 0, start);
        yield lent.subarray(0, size);
        lent.fill(0);
      }
    }
    for (let round = 0; round < 3; round += 1) {
      await putPart({ url: `${server.url}/p`, body: body(), sizeBytes: bytes.length });
    }
    expect(server.seen.map(({ body: received }) => sha256(received))).toEqual(
      Array(3).fill(sha256(bytes)),
    );
  });

  it('gives the host’s answer whatever its status, so that the engine can sign again', async () => {
    const xml =
      '<?xml version="1.0"?><Error><Code>AccessDenied</Code><Message>expired</Message></Error>';
    server.answer = raw(xml, 403, { 'content-type': 'application/xml' });
    const put = () =>
      putPart({ url: `${server.url}/p`, body: one(Buffer.from('x')), sizeBytes: 1 });
    expect(await put()).toEqual({
      ...{ status: 403, etag: null, code: 'AccessDenied', retryAtMs: null },
      ...{ isPage: false, redirectUrl: null },
    });
    server.answer = raw('', 200);
    expect(await put()).toMatchObject({ status: 200, etag: null });
    server.answer = raw('', 307, { location: `${server.url}/elsewhere` });
    expect((await put()).status).toBe(307);
    server.answer = json({}, 503, { 'retry-after': '2' });
    const busy = await put();
    expect(busy.retryAtMs).toBeGreaterThan(Date.now());
    expect(server.seen.every(({ url }) => url === '/p')).toBe(true);
  });

  it.each([
    [301, 'PermanentRedirect'],
    [307, 'TemporaryRedirect'],
    [400, 'AuthorizationHeaderMalformed'],
  ])('has the code of the host’s own answer with status %i', async (status, code) => {
    const xml = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code></Error>`;
    server.answer = raw(xml, status, { 'content-type': 'application/xml' });
    const part = { url: `${server.url}/p`, body: one(Buffer.from('x')), sizeBytes: 1 };
    expect(await putPart(part)).toMatchObject({ status, code, isPage: false, redirectUrl: null });
  });

  it.each([
    ['a page by its type', 200, 'text/html; charset=utf-8', 'Sign in', true],
    ['a page by its text', 200, 'text/plain', ' \n<!DOCTYPE html><html>', true],
    [
      'a page with XML before it',
      403,
      'application/xhtml+xml',
      '<?xml version="1.0"?><html>',
      true,
    ],
    ['a page that is longer than is read', 403, 'text/plain', `<p>${'x'.repeat(300_000)}`, true],
    ['words that no storage host says', 200, 'text/plain', 'Welcome', true],
    ['an error of S3', 403, 'application/xml', '<Error><Code>AccessDenied</Code></Error>', false],
    ['an empty refusal', 403, 'text/plain', '', false],
    ['nothing', 200, 'text/plain', '', false],
    ['nothing, which Google’s storage calls a page', 200, 'text/html; charset=UTF-8', '', false],
  ])('tells whether its answer is a page: %s', async (_, status, type, text, isPage) => {
    server.answer = raw(text, status, { 'content-type': type });
    const part = { url: `${server.url}/p`, body: one(Buffer.from('x')), sizeBytes: 1 };
    expect((await putPart(part)).isPage).toBe(isPage);
  });

  it.each([
    [307, '/other?sig=1', true],
    [308, '//localhost/other', true],
    [307, 'https://storage.example/p', false],
    [307, 'http://storage.example/p', false],
    [307, 'http://u:p@localhost/p', false],
    [307, 'file:///etc/passwd', false],
    [307, 'http://[', false],
    [301, '/other', false],
    [302, '/other', false],
    [303, '/other', false],
    [200, '/other', false],
  ])('%i to %s: whether the part may be sent there', async (status, location, isFollowed) => {
    server.answer = raw('', status, { location });
    const part = { url: `${server.url}/p`, body: one(Buffer.from('x')), sizeBytes: 1 };
    const { redirectUrl } = await putPart(part);
    expect(redirectUrl).toBe(isFollowed ? new URL(location, server.url).href : null);
  });

  it('returns the refusal of a host that does not wait for the body', async () => {
    const hasty = createTcpServer((socket) => {
      socket.on('error', () => {});
      socket.once('data', () => {
        socket.write('HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n');
      });
      socket.resume();
    });
    await new Promise<void>((resolve) => hasty.listen(0, '127.0.0.1', resolve));
    const { port } = hasty.address() as AddressInfo;
    const bytes = randomBytes(8 * MIB);
    const answer = await putPart({
      url: `http://127.0.0.1:${port}/p`,
      body: pieces(bytes, 256 * 1024),
      sizeBytes: bytes.length,
    });
    expect(answer.status).toBe(403);
    client.resetConnections();
    await new Promise((resolve) => hasty.close(resolve));
  });

  it.each([
    'http://storage.example.com/p?sig=part-secret',
    'ftp://127.0.0.1/p?sig=part-secret',
    'https://u:p@storage.example.com/p?sig=part-secret',
    'file:///p?sig=part-secret',
    '/p?sig=part-secret',
  ])('is not sent to %s', async (url) => {
    const failure = await failureOf(putPart({ url, body: one(Buffer.from('x')), sizeBytes: 1 }));
    expect(failure.problem).toBe('unexpected-shape');
    expect(inspect(failure, { depth: 20, showHidden: true })).not.toContain('part-secret');
  });

  it('breaks off when we stop, also while the host reads no more bytes', async () => {
    const sockets: Socket[] = [];
    const deaf = createTcpServer((socket) => {
      socket.on('error', () => {});
      socket.pause();
      sockets.push(socket);
    });
    await new Promise<void>((resolve) => deaf.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(deaf.address() as AddressInfo).port}/p?sig=part-secret`;
    const bytes = Buffer.alloc(32 * MIB);
    const controller = new AbortController();
    async function* body(): AsyncGenerator<Uint8Array> {
      for await (const piece of pieces(bytes, MIB)) {
        yield piece;
        controller.abort();
      }
    }
    const { signal } = controller;
    const stopped = await failureOf(
      putPart({ url, body: body(), sizeBytes: bytes.length, signal }),
    );
    expect(stopped.problem).toBe('cancelled');
    expect(inspect(stopped, { depth: 20, showHidden: true })).not.toContain('part-secret');
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => deaf.close(resolve));
  });

  it('goes through the proxy in its request, without which it may not get out', async () => {
    let asked = '';
    const proxy = createTcpServer((socket) => {
      socket.on('error', () => {});
      socket.once('data', (bytes) => {
        asked = bytes.toString('latin1').split('\r\n')[0] ?? '';
        socket.end('HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n');
      });
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const { port } = proxy.address() as AddressInfo;
    const failure = await failureOf(
      putPart({
        url: 'https://storage.example/p?sig=part-secret',
        proxy: `PROXY 127.0.0.1:${port}`,
        body: one(Buffer.from('x')),
        sizeBytes: 1,
      }),
    );
    expect(failure.problem).toBe('unreachable');
    expect(asked).toBe('CONNECT storage.example:443 HTTP/1.1');
    client.resetConnections();
    await new Promise((resolve) => proxy.close(resolve));
  });

  it('reports unreachable when the host breaks the connection', async () => {
    server.answer = (request) => request.socket.destroy();
    const call = putPart({
      url: `${server.url}/p?sig=part-secret`,
      body: one(Buffer.from('x')),
      sizeBytes: 1,
    });
    const failure = await failureOf(call);
    expect(failure.problem).toBe('unreachable');
    expect(inspect(failure, { depth: 20, showHidden: true })).not.toContain('part-secret');
  });

  it('distinguishes a file that cannot be read from a network that fails', async () => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield Buffer.alloc(300_000);
      throw new RangeError('the disk was pulled out');
    }
    const put = (body: AsyncIterable<Uint8Array>, sizeBytes: number) =>
      putPart({ url: `${server.url}/p`, body, sizeBytes });
    await expect(put(broken(), 600_000)).rejects.toThrow('the disk was pulled out');
    expect(server.seen).toHaveLength(0);
  });
});
