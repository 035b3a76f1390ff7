import type { AddressInfo } from 'node:net';
import { createServer as createTcpServer } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { inspect } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ServiceError } from '../../../main/domain/service-error';
import type { JsonHttpClient } from '../../../main/http/json-client';
import { proxyUrlFrom } from '../../../main/http/proxy-url';
import { acceptableBaseUrl } from '../../../main/http/url';
import {
  accessTo,
  clientFor,
  failureOf,
  json,
  KEY,
  raw,
  startServer,
  type TestServer,
} from './server';

const PAGE = '<!doctype html><title>Sign in to the hotel network</title>';
const NOW_MS = Date.UTC(2026, 0, 2, 3, 4, 5);

let server: TestServer;
let client: JsonHttpClient;

beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());
beforeEach(() => {
  client = clientFor();
  server.seen = [];
});
afterEach(() => client.close());

const get = (path = '/clips', query?: Record<string, string>) =>
  client.request(accessTo(`${server.url}/base`), { method: 'GET', path, query });

describe('a JSON call', () => {
  it('is sent to the path below the base URL', async () => {
    server.answer = json({ data: [1] });
    const answer = await get('/clips', { limit: '100', q: 'a&b' });
    expect(answer).toMatchObject({ status: 200, body: { data: [1] } });
    expect(server.seen[0]).toMatchObject({ method: 'GET', url: '/base/clips?limit=100&q=a%26b' });
    expect(server.seen[0]?.headers).toMatchObject({
      accept: 'application/json',
      'user-agent': 'Cliptray/test',
    });
    expect(server.seen[0]?.headers['content-type']).toBeUndefined();
    expect(server.seen[0]?.headers['accept-encoding']).toBeUndefined();
  });

  it('parses its answer only if the bytes differ from the last one’s, which makes polling cheap', async () => {
    const again = (last: Uint8Array) =>
      client.request(accessTo(server.url), { method: 'GET', path: '/clips', last });
    server.answer = json({ data: [1] });
    const { bytes } = await get();
    const same = await again(bytes);
    expect(same.bytes).toBe(bytes);
    expect(same.body).toBeUndefined();
    server.answer = json({ data: [2] });
    expect(await again(bytes)).toMatchObject({ status: 200, body: { data: [2] } });
  });

  it('sends the key in the header that the account names', async () => {
    server.answer = json({});
    await get();
    await client.request(
      accessTo(server.url, { keyHeader: 'x-api-key', key: async () => ` ${KEY}\n` }),
      {
        method: 'GET',
        path: '/clips',
      },
    );
    expect(server.seen[0]?.headers.authorization).toBe(`Bearer ${KEY}`);
    expect(server.seen[0]?.headers['x-api-key']).toBeUndefined();
    expect(server.seen[1]?.headers['x-api-key']).toBe(KEY);
    expect(server.seen[1]?.headers.authorization).toBeUndefined();
  });

  it('sends its body as JSON', async () => {
    server.answer = json({}, 201);
    const answer = await client.request(accessTo(server.url), {
      method: 'POST',
      path: '/x',
      body: { title: 'Ação' },
    });
    expect(answer.status).toBe(201);
    expect(server.seen[0]?.headers['content-type']).toBe('application/json');
    expect(JSON.parse(server.seen[0]?.body.toString() ?? '')).toEqual({ title: 'Ação' });
  });
});

describe('a call that must not be made twice', () => {
  const post = (changes: { isRepeatable?: boolean } = {}) =>
    client.request(accessTo(server.url), { method: 'POST', path: '/render', body: {}, ...changes });

  /** A service that closes a kept connection just when the next request comes. */
  function closeKept(): void {
    const used = new Set<unknown>();
    server.answer = (request, response, body) => {
      if (used.has(request.socket)) request.socket.destroy();
      else json({ data: 1 })(request, response, body);
      used.add(request.socket);
    };
  }

  it('does not go over a kept connection, which the service may just be closing', async () => {
    closeKept();
    await get();
    for (let time = 0; time < 3; time += 1) {
      expect((await post()).body).toEqual({ data: 1 });
      await nextTurn();
    }
    // Nor does it leave one behind.
    await expect.poll(() => server.open).toBe(1);
  });

  it('is not sent twice, even when its own connection breaks', async () => {
    server.answer = (request) => request.socket.destroy();
    expect((await failureOf(post())).problem).toBe('unreachable');
    expect(server.seen).toHaveLength(1);
  });

  it('ends with a reset of the network like others', async () => {
    server.answer = () => {};
    const call = failureOf(post());
    await expect.poll(() => server.seen.length).toBe(1);
    client.resetConnections();
    expect((await call).problem).toBe('unreachable');
  });

  it('goes through the proxy like others', async () => {
    const asked: string[] = [];
    const proxied = clientFor({
      resolveProxy: async (origin) => {
        asked.push(origin);
        return 'PROXY 127.0.0.1:9';
      },
    });
    const access = accessTo('https://service.example');
    await failureOf(proxied.request(access, { method: 'POST', path: '/render', body: {} }));
    expect(asked).toEqual(['https://service.example']);
    await proxied.close();
  });

  it('shares a connection only when the service says that it may be repeated', async () => {
    server.answer = json({});
    const before = server.connections;
    await post({ isRepeatable: true });
    await nextTurn();
    await post({ isRepeatable: true });
    expect(server.connections).toBe(before + 1);
  });
});

describe('the error for an answer', () => {
  const body = { success: false, error: 'some_code', message: 'In words.' };
  const table: [number, unknown, string][] = [
    [400, body, 'rejected'],
    [401, body, 'key-refused'],
    [402, { error: 'insufficient_credits' }, 'no-credit'],
    [402, { erro: 'saldo insuficiente' }, 'no-credit'],
    [403, body, 'scope-missing'],
    [403, { error: 'billing_suspended', message: 'Plan ended' }, 'plan-suspended'],
    [403, { error: 'Plan ended', code: 'BILLING_SUSPENDED' }, 'plan-suspended'],
    [404, body, 'not-found'],
    [408, body, 'timed-out'],
    [409, body, 'conflict'],
    [410, body, 'not-found'],
    [413, body, 'rejected'],
    [418, body, 'rejected'],
    [422, body, 'rejected'],
    [429, body, 'rate-limited'],
    [500, body, 'service-fault'],
    [502, body, 'service-fault'],
    [503, body, 'service-fault'],
    [504, body, 'service-fault'],
  ];
  it.each(table)('%i with %j is %s', async (status, value, problem) => {
    server.answer = json(value, status);
    expect(await failureOf(get())).toMatchObject({ problem, status });
  });

  it.each([401, 402, 403, 404, 409, 422])(
    'a web page with status %i is not the service speaking: no key counts as wrong, no job as gone',
    async (status) => {
      for (const type of ['text/html', 'application/json', '']) {
        server.answer = raw(PAGE, status, type ? { 'content-type': type } : {});
        expect(await failureOf(get())).toMatchObject({
          problem: 'not-json',
          status,
          remoteText: null,
        });
      }
      server.answer = raw('Blocked by policy', status, { 'content-type': 'text/plain' });
      expect((await failureOf(get())).problem).toBe('not-json');
    },
  );

  it('401 without a body means that the service refuses the key', async () => {
    server.answer = raw('', 401);
    expect(await failureOf(get())).toMatchObject({ problem: 'key-refused', remoteText: null });
  });

  it('a gateway’s page with 429 or 5xx still means that the service is busy', async () => {
    server.answer = raw(PAGE, 429, { 'retry-after': '7' });
    expect((await failureOf(get())).problem).toBe('rate-limited');
    server.answer = raw(PAGE, 502);
    expect((await failureOf(get())).problem).toBe('service-fault');
  });

  it('a proxy that asks for a sign-in is a network problem, not a wrong key', async () => {
    server.answer = raw(PAGE, 407);
    const failure = await failureOf(get());
    expect(failure).toMatchObject({ problem: 'unreachable', status: 407 });
    expect(failure.remoteText).toContain('proxy');
  });

  it.each([301, 302, 303, 307, 308])(
    'a redirect (%i) is not followed, or the key would go to whatever host it names',
    async (status) => {
      server.answer = raw('', status, { location: `${server.url}/stolen` });
      expect(await failureOf(get())).toMatchObject({ problem: 'not-json', status });
      expect(server.seen).toHaveLength(1);
    },
  );

  it.each<[string, string | Uint8Array, Record<string, string>, unknown]>([
    ['a byte order mark', '\uFEFF{"a":1}', { 'content-type': 'application/json' }, { a: 1 }],
    ['the wrong content type', '{"a":1}', { 'content-type': 'text/html' }, { a: 1 }],
    ['no content type', ' [1] ', {}, [1]],
    ['a list at the top', '[]', { 'content-type': 'application/json' }, []],
  ])('JSON with %s is still read', async (_name, text, headers, value) => {
    server.answer = raw(text, 200, headers);
    expect((await get()).body).toEqual(value);
  });

  it('an empty answer is no error', async () => {
    server.answer = raw('', 204);
    expect(await get()).toMatchObject({ status: 204, body: undefined });
    server.answer = raw(' \n', 200, { 'content-type': 'application/json' });
    expect((await get()).body).toBeUndefined();
  });

  it.each<[string, string | Uint8Array, string, string]>([
    ['a web page', PAGE, 'text/html', 'not-json'],
    ['a web page called JSON', ` \n${PAGE}`, 'application/json', 'not-json'],
    ['plain words', 'OK', 'text/plain', 'not-json'],
    ['half of a JSON text', '{"data":[{"id":"cl', 'application/json', 'malformed'],
    ['half of a JSON text without a type', '{"data":[', '', 'malformed'],
    [
      'bytes that are not UTF-8',
      Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]),
      'application/json',
      'malformed',
    ],
    ['nesting without end', '['.repeat(200_000), 'application/json', 'too-large'],
    [
      'nesting that closes',
      `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`,
      'application/json',
      'too-large',
    ],
    ['more than 8 MiB', `"${'x'.repeat(9 * 1024 * 1024)}"`, 'application/json', 'too-large'],
  ])('%s with status 200 is an error of its own kind', async (_name, text, type, problem) => {
    server.answer = raw(text, 200, type ? { 'content-type': type } : {});
    expect((await failureOf(get())).problem).toBe(problem);
  });

  it('brackets in a text are not nesting', async () => {
    const value = { a: `${'['.repeat(500)}\\"${'{'.repeat(500)}` };
    server.answer = json(value);
    expect((await get()).body).toEqual(value);
  });

  it('an endless answer is cut off before it fills the memory', async () => {
    let closed = false;
    server.answer = (_request, response) => {
      response.on('close', () => {
        closed = true;
      });
      const piece = Buffer.alloc(256 * 1024, 0x20);
      const pour = () => {
        while (!response.destroyed && response.write(piece));
      };
      response.on('drain', pour);
      pour();
    };
    expect((await failureOf(get())).problem).toBe('too-large');
    await expect.poll(() => closed).toBe(true);
  });

  it('a name such as __proto__ in an answer does not change our own objects', async () => {
    server.answer = raw('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}');
    await get();
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});

describe('the service’s own words', () => {
  it.each<[unknown, string | null]>([
    [{ error: 'unauthorized', message: 'Missing key.' }, 'Missing key.'],
    [{ error: 'Invalid format' }, 'Invalid format'],
    [{ erro: 'API key inválida ou ausente' }, 'API key inválida ou ausente'],
    [{ error: { message: 'Nested' } }, 'Nested'],
    [{ code: 'RATE' }, 'RATE'],
    [{ message: '', error: 'e' }, 'e'],
    [{ message: 7 }, null],
    [[], null],
    [null, null],
    ['just text', 'just text'],
    [{ message: 'a\u0000b\u202Ec\n\td' }, 'a b c d'],
  ])('%j is shown as %j', async (value, text) => {
    server.answer = json(value, 400);
    expect((await failureOf(get())).remoteText).toBe(text);
  });

  it('are shortened, so that an error cannot fill the window', async () => {
    server.answer = json({ message: '🎬'.repeat(5_000) }, 400);
    expect([...((await failureOf(get())).remoteText ?? '')]).toHaveLength(300);
  });

  it('have the key masked when the service repeats it', async () => {
    server.answer = json({ message: `No account for ${KEY}!` }, 401);
    expect((await failureOf(get())).remoteText).toBe('No account for [key]!');
    server.answer = json({ message: `${'x'.repeat(290)}${KEY}` }, 401);
    expect((await failureOf(get())).remoteText).not.toContain(KEY.slice(0, 4));
  });
});

describe('when to try again', () => {
  const at = () => clientFor({ nowMs: () => NOW_MS });
  const ask = async (headers: Record<string, string>, status = 429) => {
    const timed = at();
    server.answer = json({}, status, headers);
    const failure = await failureOf(
      timed.request(accessTo(server.url), { method: 'GET', path: '/x' }),
    );
    const limits = timed.rateLimits('a1');
    await timed.close();
    return { retryAtMs: failure.retryAtMs, limits };
  };
  const date = new Date(NOW_MS).toUTCString();

  it.each<[string, Record<string, string>, number | null]>([
    ['seconds', { 'retry-after': '30' }, NOW_MS + 30_000],
    [
      'an HTTP date',
      { 'retry-after': new Date(NOW_MS + 90_000).toUTCString(), date },
      NOW_MS + 90_000,
    ],
    [
      'an HTTP date of a service whose clock is an hour off',
      {
        'retry-after': new Date(NOW_MS + 3_600_000 + 90_000).toUTCString(),
        date: new Date(NOW_MS + 3_600_000).toUTCString(),
      },
      NOW_MS + 90_000,
    ],
    [
      'the reset of the window',
      { 'x-ratelimit-reset': String(NOW_MS / 1000 + 60), date },
      NOW_MS + 60_000,
    ],
    ['nothing', {}, null],
    ['nonsense', { 'retry-after': 'soon, 5 minutes' }, null],
    ['a negative number', { 'retry-after': '-5' }, null],
    ['a time without end', { 'retry-after': '999999999999' }, NOW_MS + 86_400_000],
    ['a date in the past', { 'retry-after': new Date(0).toUTCString(), date }, NOW_MS],
  ])('429 with %s', async (_name, headers, expected) => {
    expect((await ask(headers)).retryAtMs).toBe(expected);
  });

  it('503 with Retry-After is respected like 429', async () => {
    const { retryAtMs, limits } = await ask({ 'retry-after': '12' }, 503);
    expect(retryAtMs).toBe(NOW_MS + 12_000);
    expect(limits?.retryAtMs).toBe(NOW_MS + 12_000);
  });

  it('the limits are those of the account’s last answer', async () => {
    const timed = at();
    const call = (accountId: string) =>
      timed.request(accessTo(server.url, { accountId }), { method: 'GET', path: '/x' });
    expect(timed.rateLimits('a1')).toBeNull();
    server.answer = json({}, 200, {
      'x-ratelimit-limit': '60',
      'x-ratelimit-remaining': '59',
      'x-ratelimit-reset': String(NOW_MS / 1000 + 60),
      date,
    });
    await call('a1');
    server.answer = json({});
    await call('a2');
    expect(timed.rateLimits('a1')).toEqual({
      limit: 60,
      remaining: 59,
      resetAtMs: NOW_MS + 60_000,
      retryAtMs: null,
    });
    expect(timed.rateLimits('a2')).toBeNull();
    await timed.close();
  });

  it('a call that succeeds after another was refused does not end the wait', async () => {
    const timed = at();
    const access = accessTo(server.url);
    server.answer = json({}, 429, { 'retry-after': '30' });
    await failureOf(timed.request(access, { method: 'GET', path: '/x' }));
    server.answer = json({}, 200, { 'x-ratelimit-remaining': '5' });
    await timed.request(access, { method: 'GET', path: '/x' });
    expect(timed.rateLimits('a1')).toMatchObject({ retryAtMs: NOW_MS + 30_000, remaining: 5 });
    await timed.close();
  });

  it('counts the requests of the last hour for the budget that is shown', async () => {
    let nowMs = NOW_MS;
    const timed = clientFor({ nowMs: () => nowMs });
    server.answer = json({});
    const call = () => timed.request(accessTo(server.url), { method: 'GET', path: '/x' });
    await call();
    nowMs += 1_800_000;
    await call();
    server.answer = json({}, 500);
    await failureOf(call());
    expect(timed.requestsInLastHour('a1')).toBe(3);
    expect(timed.requestsInLastHour('other')).toBe(0);
    nowMs += 1_800_001;
    expect(timed.requestsInLastHour('a1')).toBe(2);
    nowMs += 3_600_000;
    expect(timed.requestsInLastHour('a1')).toBe(0);
    await timed.close();
  });
});

describe('a call without a complete answer', () => {
  const quick = () => clientFor({ timeouts: { callMs: 150 } });

  it('is unreachable when nothing listens', async () => {
    const gone = await startServer();
    await gone.close();
    const failure = await failureOf(
      client.request(accessTo(gone.url), { method: 'GET', path: '/x' }),
    );
    expect(failure).toMatchObject({ problem: 'unreachable', status: null });
    expect((failure.cause as Error).message).toBe('ECONNREFUSED');
  });

  it('is unreachable when the connection breaks before, within, or near the end of the body', async () => {
    const cuts: TestServer['answer'][] = [
      (request) => request.socket.destroy(),
      (_request, response) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.write('{"data":');
        setImmediate(() => response.destroy());
      },
      (request) => {
        request.socket.end('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"data":1}');
      },
      (request) => {
        request.socket.end('this is not HTTP\r\n\r\n');
      },
    ];
    for (const cut of cuts) {
      server.answer = cut;
      expect((await failureOf(get())).problem).toBe('unreachable');
    }
  });

  it('times out when no answer begins', async () => {
    const hasty = quick();
    server.answer = () => {};
    const call = hasty.request(accessTo(server.url), { method: 'GET', path: '/x' });
    expect((await failureOf(call)).problem).toBe('timed-out');
    await hasty.close();
  });

  it('times out when the answer trickles in too slowly', async () => {
    const hasty = quick();
    let timer: NodeJS.Timeout | undefined;
    server.answer = (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      timer = setInterval(() => response.write(' '), 10);
    };
    const call = hasty.request(accessTo(server.url), { method: 'GET', path: '/x' });
    expect((await failureOf(call)).problem).toBe('timed-out');
    clearInterval(timer);
    await hasty.close();
  });

  it('times out when the system does not say which proxy to use', async () => {
    const stuck = clientFor({
      timeouts: { callMs: 80 },
      resolveProxy: () => new Promise(() => {}),
    });
    const call = stuck.request(accessTo('https://service.invalid'), { method: 'GET', path: '/x' });
    expect((await failureOf(call)).problem).toBe('timed-out');
    await stuck.close();
  });

  it('is cancelled when the caller aborted it, before or under way', async () => {
    const controller = new AbortController();
    server.answer = () => controller.abort();
    const call = (signal: AbortSignal) =>
      failureOf(client.request(accessTo(server.url), { method: 'GET', path: '/x', signal }));
    expect((await call(controller.signal)).problem).toBe('cancelled');
    const before = server.seen.length;
    expect((await call(AbortSignal.abort())).problem).toBe('cancelled');
    expect(server.seen).toHaveLength(before);
  });
});

describe('what is never sent', () => {
  it('a key that cannot be read, or that no header can carry', async () => {
    const withKey = (key: () => Promise<string>) =>
      failureOf(client.request(accessTo(server.url, { key }), { method: 'GET', path: '/x' }));
    expect((await withKey(async () => '')).problem).toBe('key-missing');
    const locked = await withKey(async () => {
      throw new Error(`keyring says ${KEY}`);
    });
    expect(locked.problem).toBe('key-missing');
    expect(inspect(locked)).not.toContain(KEY);
    expect((await withKey(async () => 'clé\r\nx-evil: 1')).problem).toBe('key-refused');
    expect(server.seen).toHaveLength(0);
  });

  it.each([
    '/../admin',
    '/clips/../../admin',
    '/clips/%2e%2e/x',
    '/clips/./x',
    '//evil.example/x',
    '\\\\evil.example',
    '@evil.example/x',
    '.evil.example/',
    '/clips?x=1',
    '/clips#x',
    '/clips/a b',
    'clips',
    '',
  ])('a path that is not plainly below the base: %j', async (path) => {
    expect((await failureOf(get(path))).problem).toBe('rejected');
    expect(server.seen).toHaveLength(0);
  });

  it('a key over plain http to another machine', async () => {
    const asked: string[] = [];
    const watching = clientFor({
      resolveProxy: async (origin) => {
        asked.push(origin);
        return null;
      },
    });
    for (const url of [
      'http://example.com',
      'http://127.0.0.1.example.com',
      'ftp://localhost',
      'x',
    ]) {
      const call = watching.request(accessTo(url), { method: 'GET', path: '/x' });
      expect((await failureOf(call)).problem).toBe('rejected');
    }
    expect(asked).toEqual([]);
    await watching.close();
  });

  it('the key or a query inside an error', async () => {
    const failures: ServiceError[] = [];
    const query = { token: 'query-secret-77' };
    const hasty = clientFor({ timeouts: { callMs: 100 } });
    const ask = async (answer: TestServer['answer'], baseUrl = server.url) => {
      server.answer = answer;
      const call = hasty.request(accessTo(baseUrl), {
        method: 'POST',
        path: '/x',
        query,
        body: { KEY },
      });
      failures.push(await failureOf(call));
    };
    for (const status of [302, 400, 401, 403, 404, 407, 429, 500]) {
      await ask(
        json({ error: `bad key ${KEY}`, message: `${KEY}${KEY}` }, status, {
          location: `/?${KEY}`,
        }),
      );
      await ask(raw(`<p>${KEY}`, status));
    }
    await ask(raw(`{"${KEY}`));
    await ask(raw(`<p>${KEY}`));
    await ask((request) => request.socket.destroy());
    await ask(() => {});
    const gone = await startServer();
    await gone.close();
    await ask(() => {}, gone.url);
    await hasty.close();
    expect(failures.length).toBe(21);
    for (const failure of failures) {
      const everything = `${inspect(failure, { depth: 20, showHidden: true })} ${failure.stack} ${JSON.stringify(failure)}`;
      expect(everything).not.toContain(KEY);
      expect(everything).not.toContain('query-secret-77');
    }
  });
});

describe('connections', () => {
  it('are reused, and opened again after a wake', async () => {
    const own = await startServer();
    own.answer = json({});
    const call = () => client.request(accessTo(own.url), { method: 'GET', path: '/x' });
    for (let count = 0; count < 6; count += 1) await call();
    // undici may open a second one when a call follows in the same turn of the event loop.
    const opened = own.connections;
    expect(opened).toBeLessThanOrEqual(2);
    client.resetConnections();
    await call();
    expect(own.connections).toBe(opened + 1);
    await own.close();
  });

  it('from before a wake do not hold up a call for a minute', async () => {
    let asked: (() => void) | undefined;
    const arrived = new Promise<void>((resolve) => {
      asked = resolve;
    });
    server.answer = () => asked?.();
    const call = failureOf(get());
    await arrived;
    client.resetConnections();
    expect((await call).problem).toBe('unreachable');
  });

  it('go through the proxy that the system names, which sees neither key nor path', async () => {
    const received: string[] = [];
    let proxyAnswer = 'HTTP/1.1 407 Proxy Authentication Required\r\n\r\n';
    const proxy = createTcpServer((socket) => {
      socket.on('error', () => {});
      socket.once('data', (data) => {
        received.push(data.toString());
        socket.end(proxyAnswer);
      });
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const { port } = proxy.address() as AddressInfo;
    const asked: string[] = [];
    let nowMs = NOW_MS;
    const proxied = clientFor({
      nowMs: () => nowMs,
      resolveProxy: async (origin) => {
        asked.push(origin);
        return `PROXY 127.0.0.1:${port}; DIRECT`;
      },
    });
    const call = () =>
      failureOf(
        proxied.request(accessTo('https://service.invalid/api'), {
          method: 'GET',
          path: '/clips',
          query: { q: 'secret' },
        }),
      );
    expect(await call()).toMatchObject({ problem: 'unreachable', status: 407 });
    proxyAnswer = 'HTTP/1.1 502 Bad Gateway\r\n\r\n';
    expect(await call()).toMatchObject({ problem: 'unreachable', status: 502, remoteText: null });
    expect(asked).toEqual(['https://service.invalid']);
    nowMs += 60_001;
    await call();
    expect(asked).toHaveLength(2);
    expect(received[0]).toMatch(/^CONNECT service\.invalid:443 HTTP\/1\.1/);
    for (const text of received) {
      expect(text).not.toContain(KEY);
      expect(text).not.toContain('clips');
    }
    await proxied.close();
    await new Promise((resolve) => proxy.close(resolve));
  });

  it('speak plain SOCKS to a SOCKS proxy', async () => {
    const received: Buffer[] = [];
    const proxy = createTcpServer((socket) => {
      socket.on('error', () => {});
      socket.once('data', (data) => {
        received.push(data);
        // No acceptable authentication method.
        socket.end(Buffer.from([5, 0xff]));
      });
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const { port } = proxy.address() as AddressInfo;
    const proxied = clientFor({ resolveProxy: async () => `SOCKS5 127.0.0.1:${port}` });
    const access = accessTo('https://service.invalid');
    const failure = await failureOf(proxied.request(access, { method: 'GET', path: '/x' }));
    expect(failure.problem).toBe('unreachable');
    // SOCKS version 5, as RFC 1928 begins; TLS would begin with 22.
    expect(received[0]?.[0]).toBe(5);
    await proxied.close();
    await new Promise((resolve) => proxy.close(resolve));
  });

  it.each<[string | null, string | null]>([
    ['DIRECT', null],
    ['', null],
    [null, null],
    ['PROXY proxy:8080; DIRECT', 'http://proxy:8080/'],
    ['HTTPS proxy:443', 'https://proxy/'],
    ['SOCKS4 old:1080; PROXY proxy:8080', 'http://proxy:8080/'],
    ['http://proxy:3128', 'http://proxy:3128/'],
  ])('understand %j', (answer, url) => {
    expect(proxyUrlFrom(answer)).toBe(url);
  });

  it('do not bypass a proxy that they cannot use', () => {
    expect(() => proxyUrlFrom('SOCKS old:1080')).toThrow(/unreachable/);
    expect(() => proxyUrlFrom('PROXY')).toThrow(/unreachable/);
  });

  it('to this machine never go through a proxy', async () => {
    const local = clientFor({ resolveProxy: async () => 'PROXY 127.0.0.1:1' });
    server.answer = json({ ok: true });
    const answer = await local.request(accessTo(server.url), { method: 'GET', path: '/x' });
    expect(answer.body).toEqual({ ok: true });
    await local.close();
  });
});

describe('a base URL from the environment', () => {
  it.each([
    ['https://example.com/api/', 'https://example.com/api'],
    [' https://example.com ', 'https://example.com'],
    ['http://localhost:8080/x', 'http://localhost:8080/x'],
    ['http://127.0.0.1:1', 'http://127.0.0.1:1'],
    ['http://[::1]:1/', 'http://[::1]:1'],
  ])('%s is accepted', (text, url) => {
    expect(acceptableBaseUrl(text)).toBe(url);
  });

  it.each([
    'http://example.com',
    'http://localhost.example.com',
    'ftp://example.com',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'https://user:hunter2@example.com',
    'https://example.com/?a=hunter2',
    'https://example.com/#a',
    'hunter2',
    '',
  ])('%s is refused with a message that does not repeat it', (text) => {
    expect(() => acceptableBaseUrl(text)).toThrow(/service address/);
    expect(() => acceptableBaseUrl(text)).not.toThrow(/hunter2/);
  });
});
