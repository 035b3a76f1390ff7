import { randomBytes } from 'node:crypto';
import { brotliCompressSync, constants, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { DownloadClient } from '../../../main/domain/download';
import { createDownloadClient } from '../../../main/http/download-client';
import type { JsonHttpClient } from '../../../main/http/json-client';
import { createPartClient } from '../../../main/http/part-client';
import { accessTo, clientFor, failureOf, KEY, raw, startServer, type TestServer } from './server';

const MIB = 1024 * 1024;
/** Unpacked it is much more than any answer may be. */
const BLANK = Buffer.alloc(100 * MIB, ' ');
const signal = new AbortController().signal;

let server: TestServer;
let client: JsonHttpClient;
let downloads: DownloadClient;

beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());
beforeEach(() => {
  client = clientFor();
  downloads = createDownloadClient({ userAgent: 'Cliptray/test', nowMs: Date.now });
});
afterEach(async () => {
  await client.close();
  await downloads.close();
});

const get = (last?: Uint8Array) =>
  client.request(accessTo(server.url), { method: 'GET', path: '/clips', last });

function answer(bytes: Uint8Array, encoding: string, status = 200): void {
  const headers = { 'content-type': 'application/json', 'content-encoding': encoding };
  server.answer = raw(bytes, status, headers);
}

const ROWS = { data: Array.from({ length: 5_000 }, (_, row) => ({ id: `clip-${row}` })) };
const TEXT = Buffer.from(JSON.stringify(ROWS));

describe('an answer that comes packed although nobody asked for it', () => {
  it.each([
    ['gzip', 'gzip', gzipSync(TEXT)],
    ['gzip by its old name', 'X-GZip', gzipSync(TEXT)],
    [
      'gzip in two pieces',
      'gzip',
      Buffer.concat([gzipSync(TEXT.subarray(0, 99)), gzipSync(TEXT.subarray(99))]),
    ],
    ['deflate', 'deflate', deflateSync(TEXT)],
    ['deflate without its header', 'deflate', deflateRawSync(TEXT)],
    ['br', 'br', brotliCompressSync(TEXT)],
    ['not packed, but called so', 'gzip', TEXT],
    ['called identity', 'identity', TEXT],
    ['gzip and identity', 'identity, gzip', gzipSync(TEXT)],
    ['called by its charset', 'utf-8', TEXT],
    ['called none', 'none', TEXT],
    ['called by how it was uploaded', 'aws-chunked', TEXT],
    ['gzip that was uploaded in pieces', 'aws-chunked,gzip', gzipSync(TEXT)],
    ['called by anything', 'x'.repeat(500), TEXT],
    ['called by the name of a property', 'constructor', TEXT],
  ])('is read: %s', async (_, encoding, bytes) => {
    answer(bytes, encoding);
    const first = await get();
    expect(first.body).toEqual(ROWS);
    // The next poll recognises it.
    expect((await get(first.bytes)).body).toBeUndefined();
  });

  it('may be empty', async () => {
    for (const encoding of ['gzip', 'zstd', 'gzip, br', 'utf-8']) {
      answer(Buffer.alloc(0), encoding);
      expect((await get()).body, encoding).toBeUndefined();
    }
    server.answer = raw('', 204, { 'content-encoding': 'gzip' });
    expect((await get()).body).toBeUndefined();
  });

  it('is read when it is a refusal too', async () => {
    answer(
      gzipSync(JSON.stringify({ error: 'x', message: `The key ${KEY} is wrong` })),
      'gzip',
      401,
    );
    const failure = await failureOf(get());
    expect(failure).toMatchObject({ problem: 'key-refused', remoteText: 'The key [key] is wrong' });
  });

  it('is a refusal of the key also with a label that is no coding', async () => {
    answer(Buffer.from(JSON.stringify({ error: 'x', message: 'Wrong' })), 'utf-8', 401);
    expect(await failureOf(get())).toMatchObject({ problem: 'key-refused', remoteText: 'Wrong' });
  });

  it('is a page when it is one', async () => {
    answer(gzipSync('<!doctype html><title>Sign in</title>'), 'gzip');
    expect((await failureOf(get())).problem).toBe('not-json');
  });

  it.each(['gzip', 'deflate', 'br'])(
    'and is cut off counts as a broken connection: %s',
    async (encoding) => {
      const noise = Buffer.from(JSON.stringify({ data: randomBytes(90_000).toString('hex') }));
      const packed = { gzip: gzipSync, deflate: deflateSync, br: brotliCompressSync }[encoding];
      const bytes = packed?.(noise) ?? Buffer.alloc(0);
      for (const keptBytes of [1, 5, 1_000, bytes.length - 1]) {
        answer(bytes.subarray(0, keptBytes), encoding);
        expect((await failureOf(get())).problem, `${keptBytes} bytes`).toBe('unreachable');
      }
    },
  );

  it.each(['gzip', 'br', 'deflate'])('and is damaged says so: %s', async (encoding) => {
    const packed = { gzip: gzipSync, deflate: deflateSync, br: brotliCompressSync }[encoding];
    const bytes = Buffer.from(packed?.(TEXT) ?? []);
    bytes.fill(0xff, 12, 60);
    answer(bytes, encoding);
    expect((await failureOf(get())).problem).toBe('malformed');
  });

  it.each(['zstd', 'gzip, gzip', 'gzip, br', 'compress', 'utf-8, dcz', 'br, zstd'])(
    'in a way that cannot be unpacked, %s, is named',
    async (encoding) => {
      answer(gzipSync(TEXT), encoding);
      const failure = await failureOf(get());
      expect(failure.problem).toBe('malformed');
      expect(failure.remoteText).toMatch(/^The answer came packed in a way that was not asked for/);
      expect(failure.remoteText?.length).toBeLessThan(120);
      // Its connection is not left open with the answer in it.
      await client.close();
      await expect.poll(() => server.open).toBe(0);
    },
  );

  it.each([
    ['gzip', gzipSync(BLANK)],
    ['deflate', deflateSync(BLANK)],
    [
      'br',
      brotliCompressSync(BLANK, {
        params: { [constants.BROTLI_PARAM_QUALITY]: 1 },
      }),
    ],
  ])('and unpacks to a hundred megabytes is dropped before: %s', async (encoding, bytes) => {
    answer(bytes, encoding);
    const before = process.memoryUsage().arrayBuffers;
    expect((await failureOf(get())).problem).toBe('too-large');
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64 * MIB);
  });

  it('and never ends, though it unpacks to nothing, is stopped by the time limit', async () => {
    client = clientFor({ timeouts: { callMs: 300 } });
    const nothing = gzipSync('');
    server.answer = (_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' });
      const more = (): void => {
        if (!response.destroyed) response.write(nothing, () => setImmediate(more));
      };
      more();
    };
    expect((await failureOf(get())).problem).toBe('timed-out');
  });
});

describe('a storage host', () => {
  it('whose error is packed is understood', async () => {
    answer(gzipSync('<Error><Code>NoSuchUpload</Code></Error>'), 'gzip', 404);
    const parts = createPartClient({ userAgent: 'Cliptray/test', nowMs: Date.now });
    async function* body(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('x');
    }
    const part = { url: `${server.url}/p`, proxy: null, body: body(), sizeBytes: 1 };
    const got = await parts.put({ ...part, contentMd5: null, signal });
    expect(got).toMatchObject({ status: 404, code: 'NoSuchUpload', isPage: false });
    parts.resetConnections();
  });

  it.each(['utf-8', 'none', 'aws-chunked', 'zstd'])(
    'that has the part and labels its empty answer %s gets it once',
    async (encoding) => {
      server.answer = raw('', 200, { etag: '"abc"', 'content-encoding': encoding });
      const parts = createPartClient({ userAgent: 'Cliptray/test', nowMs: Date.now });
      async function* body(): AsyncGenerator<Uint8Array> {
        yield Buffer.from('x');
      }
      const part = { url: `${server.url}/p`, proxy: null, body: body(), sizeBytes: 1 };
      const got = await parts.put({ ...part, contentMd5: null, signal });
      expect(got).toMatchObject({ status: 200, etag: '"abc"', isPage: false });
      parts.resetConnections();
    },
  );
});

describe('a result that comes packed', () => {
  const FILE = randomBytes(3 * MIB);
  const packed = gzipSync(FILE);
  async function contentOf(body: AsyncIterable<Uint8Array>): Promise<Buffer> {
    const all: Uint8Array[] = [];
    for await (const piece of body) all.push(piece);
    return Buffer.concat(all);
  }

  it('is saved as the file that it is, and is not resumed, since its bytes are not those kept', async () => {
    const headers = { 'content-encoding': 'gzip', etag: '"v1"' };
    server.answer = raw(packed, 200, headers);
    const whole = await downloads.open(`${server.url}/v.mp4`, null, signal);
    expect(whole).toMatchObject({ fromByte: 0, totalBytes: null, validator: null });
    expect((await contentOf(whole.body)).equals(FILE)).toBe(true);
  });

  it('is requested as a whole when only a range of it is packed', async () => {
    server.answer = (request, response) => {
      const isRange = request.headers.range !== undefined;
      response.writeHead(isRange ? 206 : 200, {
        'content-encoding': 'gzip',
        etag: '"v1"',
        ...(isRange ? { 'content-range': `bytes 5-9/${packed.length}` } : {}),
      });
      response.end(isRange ? packed.subarray(5, 10) : packed);
    };
    const resume = { fromByte: 5, validator: '"v1"' };
    const whole = await downloads.open(`${server.url}/v.mp4`, resume, signal);
    expect(whole.fromByte).toBe(0);
    expect((await contentOf(whole.body)).equals(FILE)).toBe(true);
  });

  it('and is cut off breaks like a connection, so that it is tried again', async () => {
    server.answer = raw(packed.subarray(0, 2 * MIB), 200, { 'content-encoding': 'gzip' });
    const { body } = await downloads.open(`${server.url}/v.mp4`, null, signal);
    expect((await failureOf(contentOf(body))).problem).toBe('unreachable');
  });

  it('and would fill the disk from almost nothing is stopped', async () => {
    server.answer = raw(gzipSync(BLANK), 200, { 'content-encoding': 'gzip' });
    const { body } = await downloads.open(`${server.url}/v.mp4`, null, signal);
    let bytes = 0;
    const read = async () => {
      for await (const piece of body) bytes += piece.byteLength;
    };
    expect((await failureOf(read())).problem).toBe('too-large');
    expect(bytes).toBeLessThan(64 * MIB);
  });

  it('that was uploaded in pieces is saved, and can be resumed', async () => {
    const length = { 'content-length': String(FILE.length) };
    server.answer = raw(FILE, 200, { 'content-encoding': 'aws-chunked', etag: '"v1"', ...length });
    const whole = await downloads.open(`${server.url}/v.mp4`, null, signal);
    expect(whole).toMatchObject({ totalBytes: FILE.length, validator: '"v1"' });
    expect((await contentOf(whole.body)).equals(FILE)).toBe(true);
  });

  it('in a way that cannot be unpacked is named', async () => {
    server.answer = raw(packed, 200, { 'content-encoding': 'zstd' });
    const failure = await failureOf(downloads.open(`${server.url}/v.mp4`, null, signal));
    expect(failure).toMatchObject({ problem: 'malformed', status: 200 });
  });
});
