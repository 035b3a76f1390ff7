import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { DownloadClient, DownloadProgress } from '../../main/domain/download';
import { resumableDownload } from '../../main/downloads/resumable-download';
import { createDownloadClient } from '../../main/http/download-client';
import { createPartClient } from '../../main/http/part-client';
import { failureOf, KEY, raw, startServer, type TestServer } from '../unit/http/server';
import { openLedger } from './ledger';

const { tried } = openLedger('storage');

let server: TestServer;
let client: DownloadClient;
let folder: string;

beforeAll(async () => {
  server = await startServer();
  client = createDownloadClient({ userAgent: 'Cliptray/test', nowMs: Date.now });
});
afterAll(async () => {
  await client.close();
  await server.close();
});
beforeEach(() => {
  server.seen = [];
  folder = mkdtempSync(join(tmpdir(), 'cliptray-contract-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const FILE = Buffer.from('0123456789'.repeat(3_000));
const sha256Hex = createHash('sha256').update(FILE).digest('hex');
const VIDEO = { 'content-type': 'video/mp4' };
const whole = { ...VIDEO, etag: '"v1"', 'content-length': String(FILE.length) };

describe('a part', () => {
  const parts = createPartClient({ userAgent: 'Cliptray/test', nowMs: Date.now });
  afterAll(() => parts.resetConnections());

  async function* body() {
    yield Buffer.from('bytes');
  }
  const put = () =>
    parts.put({
      url: `${server.url}/p?partNumber=1&X-Signature=secret`,
      proxy: null,
      body: body(),
      sizeBytes: 5,
      contentMd5: null,
      signal: new AbortController().signal,
    });

  it.each<[string, number, string, Record<string, string>, object]>([
    ['200', 200, '', { etag: '"etag-1"' }, { status: 200, etag: '"etag-1"' }],
    ['no etag', 200, '', {}, { status: 200, etag: null }],
    ['403 expired', 403, '<Error><Code>AccessDenied</Code></Error>', {}, { code: 'AccessDenied' }],
    ['400', 400, '<Error><Code>InvalidPart</Code></Error>', {}, { code: 'InvalidPart' }],
    ['503 slow down', 503, '<Error><Code>SlowDown</Code></Error>', {}, { code: 'SlowDown' }],
  ])(
    'is sent without a key, and its answer is passed on: %s',
    async (name, status, text, more, given) => {
      server.answer = raw(text, status, more);
      expect(await put()).toMatchObject(given);
      expect(server.seen).toHaveLength(1);
      expect(server.seen[0]).toMatchObject({
        method: 'PUT',
        url: '/p?partNumber=1&X-Signature=secret',
      });
      const { host, connection, ...headers } = server.seen[0]?.headers ?? {};
      expect(headers).toEqual({ 'content-length': '5', 'user-agent': 'Cliptray/test' });
      tried('part', name);
    },
  );

  it('without an answer is unreachable', async () => {
    server.answer = (request) => request.socket.destroy();
    expect((await failureOf(put())).problem).toBe('unreachable');
    tried('part', 'broken');
  });
});

describe('a result', () => {
  let progress: DownloadProgress[] = [];
  /** Called whenever bytes have arrived. */
  let onFirst: (() => void) | null = null;
  const save = (signal = new AbortController().signal) => {
    progress = [];
    return resumableDownload(
      { client, nowMs: Date.now, random: Math.random, wait: async () => {} },
      {
        id: 'a1/render/job_1',
        url: `${server.url}/renders/job_1.mp4?signature=secret`,
        folder,
        title: null,
        onProgress(step) {
          progress.push(step);
          const first = onFirst;
          onFirst = null;
          first?.();
        },
        signal,
      },
    );
  };
  const expectSaved = async () => {
    const saved = await save();
    expect(saved).toEqual({ path: join(folder, 'job_1.mp4'), sizeBytes: FILE.length, sha256Hex });
    expect(readFileSync(saved.path).equals(FILE)).toBe(true);
    // No partial file is left lying about.
    expect(readdirSync(folder)).toEqual(['job_1.mp4']);
  };

  /** Breaks off in the middle, then answers what follows. */
  const broken = (then: typeof server.answer) => {
    let calls = 0;
    server.answer = (request, response, body) => {
      calls += 1;
      if (calls > 1) return then(request, response, body);
      response.writeHead(200, whole);
      response.write(FILE.subarray(0, 12_000));
      // Not before some of it is there: whatever is under way is lost with the connection.
      onFirst = () => response.destroy();
    };
  };
  const restOf: typeof server.answer = (request, response) => {
    const from = Number(/^bytes=(\d+)-$/.exec(String(request.headers.range))?.[1]);
    response.writeHead(206, {
      ...VIDEO,
      etag: '"v1"',
      'content-range': `bytes ${from}-${FILE.length - 1}/${FILE.length}`,
    });
    response.end(FILE.subarray(from));
  };
  const expectAskedForRest = () => {
    const { range, 'if-range': version } = server.seen[1]?.headers ?? {};
    expect(range).toMatch(/^bytes=[1-9]\d*-$/);
    expect(version).toBe('"v1"');
  };

  it('is fetched without a key, saved whole under its name, and its checksum is returned', async () => {
    server.answer = raw(FILE, 200, whole);
    await expectSaved();
    const { host, connection, ...headers } = server.seen[0]?.headers ?? {};
    expect(headers).toEqual({
      accept: '*/*',
      'accept-encoding': 'identity',
      'user-agent': 'Cliptray/test',
    });
    expect(JSON.stringify(headers)).not.toContain(KEY);
    expect(progress.at(-1)).toEqual({ receivedBytes: FILE.length, totalBytes: FILE.length });
    tried('result', '200');
  });

  it('of unknown size ends where the host ends it', async () => {
    server.answer = (_request, response) => {
      response.writeHead(200, VIDEO);
      response.write(FILE.subarray(0, 10_000));
      response.end(FILE.subarray(10_000));
    };
    await expectSaved();
    expect(progress.at(-1)).toEqual({ receivedBytes: FILE.length, totalBytes: null });
    tried('result', '200 no size');
  });

  it('resumes where it broke, within the same version', async () => {
    broken(restOf);
    await expectSaved();
    expectAskedForRest();
    expect(server.seen).toHaveLength(2);
    tried('result', '206');
    tried('result', 'cut short');
  });

  it('starts over when the host sends the whole file instead of the rest', async () => {
    broken(raw(FILE, 200, { ...whole, etag: '"v2"' }));
    await expectSaved();
    expectAskedForRest();
    tried('result', '200 despite range');
  });

  it('is never put together from two versions', async () => {
    broken((request, response, body) => {
      const from = Number(/^bytes=(\d+)-$/.exec(String(request.headers.range))?.[1]);
      const other = { etag: '"v2"', 'content-range': `bytes ${from}-29999/${FILE.length}` };
      const answer = request.headers.range
        ? raw(Buffer.alloc(FILE.length - from, 'x'), 206, { ...VIDEO, ...other })
        : raw(FILE, 200, whole);
      answer(request, response, body);
    });
    await expectSaved();
    expect(server.seen).toHaveLength(3);
    tried('result', '206 other version');
  });

  it('starts over when the host has nothing beyond what was fetched', async () => {
    broken((request, response, body) => {
      const answer = request.headers.range ? raw('', 416) : raw(FILE, 200, whole);
      answer(request, response, body);
    });
    await expectSaved();
    expect(server.seen).toHaveLength(3);
    tried('result', '416');
  });

  it.each<[string, number, string]>([
    ['403', 403, 'not-found'],
    ['404', 404, 'not-found'],
  ])(
    'whose link has expired says so, and not that the key is wrong: %s',
    async (name, status, problem) => {
      server.answer = raw('<Error/>', status);
      expect((await failureOf(save())).problem).toBe(problem);
      expect(server.seen).toHaveLength(1);
      tried('result', name);
    },
  );

  it.each(['429', '503'])('is tried again when the host asks for a moment: %s', async (name) => {
    let calls = 0;
    server.answer = (request, response, body) => {
      calls += 1;
      const answer =
        calls < 3 ? raw('', Number(name), { 'retry-after': '1' }) : raw(FILE, 200, whole);
      answer(request, response, body);
    };
    await expectSaved();
    tried('result', name);
  });

  it('is followed to where it has moved', async () => {
    server.answer = (request, response, body) => {
      const moved = !request.url?.startsWith('/moved');
      const answer = moved ? raw('', 302, { location: '/moved/job_1.mp4' }) : raw(FILE, 200, whole);
      answer(request, response, body);
    };
    await expectSaved();
    tried('result', 'redirect');
  });

  it.each([
    'http://files.example/job_1.mp4',
    'file:///etc/passwd',
    'https://user:word@files.example/',
    '//files.example/x',
    'javascript:0',
  ])('is not followed to %s', async (location) => {
    server.answer = raw('', 302, { location });
    expect((await failureOf(save())).problem).toBe('unexpected-shape');
    expect(server.seen).toHaveLength(1);
    tried('result', 'unsafe redirect');
  });

  it('is not a sign-in page under the name of a video', async () => {
    server.answer = raw('<html>', 200, { 'content-type': 'text/html; charset=utf-8' });
    expect((await failureOf(save())).problem).toBe('not-json');
    tried('result', 'page');
  });

  it('is not saved compressed', async () => {
    server.answer = raw(gzipSync(FILE), 200, { ...VIDEO, 'content-encoding': 'gzip' });
    await expectSaved();
    tried('result', 'packed');
  });

  it('that comes packed and breaks off is requested as a whole again', async () => {
    const packed = gzipSync(FILE);
    const headers = { ...VIDEO, 'content-encoding': 'gzip' };
    server.answer = (request, response, body) => {
      const isFirst = server.seen.length === 1;
      raw(isFirst ? packed.subarray(0, 60) : packed, 200, headers)(request, response, body);
    };
    await expectSaved();
    expect(server.seen.map((seen) => seen.headers.range)).toEqual([undefined, undefined]);
  });

  it('that is stopped leaves what has arrived, and the next try resumes with it', async () => {
    const stop = new AbortController();
    server.answer = (_request, response) => {
      response.writeHead(200, whole);
      response.write(FILE.subarray(0, 12_000));
      onFirst = () => stop.abort();
    };
    expect((await failureOf(save(stop.signal))).problem).toBe('cancelled');
    server.answer = restOf;
    await expectSaved();
    expectAskedForRest();
  });
});
