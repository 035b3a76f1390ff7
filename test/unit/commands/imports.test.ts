import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createImportCommands } from '../../../main/commands/imports';
import type { Account } from '../../../main/domain/account';
import { importableUrl, titleFromUrl } from '../../../main/domain/import-url';
import type { ServiceConnection } from '../../../main/domain/service';
import type { JsonHttpClient } from '../../../main/http/json-client';
import { autoposting } from '../../../main/services/autoposting/module';
import { clipping } from '../../../main/services/clipping/module';
import type { ImportOutcome } from '../../../preload/contract';
import { sampleAccount } from '../../builders/account';
import {
  accessTo,
  clientFor,
  json,
  raw,
  routes,
  startServer,
  type TestServer,
} from '../http/server';

const URL_OF_VIDEO = 'https://videos.example/talks/My%20talk.mp4?sig=secret';

const account = sampleAccount({
  service: 'autoposting',
  name: 'Main',
  brands: [{ id: 'b1', name: 'Brand' }],
  brandId: 'b1',
  addedAtMs: 0,
});

let server: TestServer;
let client: JsonHttpClient;
/** Gives up soon. For servers that are silent alone: a busy machine may keep any answer waiting. */
let hasty: JsonHttpClient;
let connection: ServiceConnection | null;
let uploadTargets: Account[];
let watched: string[];
let logged: string[];

beforeAll(async () => {
  server = await startServer();
  client = clientFor();
  hasty = clientFor({ timeouts: { headersMs: 300 } });
});
afterAll(async () => {
  await client.close();
  await hasty.close();
  await server.close();
});
beforeEach(() => {
  connection = autoposting.connect(client, accessTo(server.url));
  server.seen = [];
  uploadTargets = [account];
  watched = [];
  logged = [];
});

const log = (message: string, fields?: object) =>
  void logged.push(`${message} ${JSON.stringify(fields)}`);
const logger = { info: log, warn: log, error: log };
const polling = {
  account: (accountId: string) => ({
    followClip: (...args: string[]) => void watched.push(`follow ${accountId} ${args.join(' ')}`),
    pollNow: () => void watched.push(`poll ${accountId}`),
  }),
};

function run(
  request: { accountId?: string; brandId?: string; url?: string; title?: string } = {},
  watching = polling,
): Promise<ImportOutcome> {
  const commands = createImportCommands({
    uploadTargets: () => uploadTargets,
    connection: () => connection,
    polling: watching,
    logger,
  });
  return commands['clip.import']({
    accountId: request.accountId ?? null,
    brandId: request.brandId ?? null,
    url: request.url ?? URL_OF_VIDEO,
    title: request.title ?? null,
  });
}

const answer = (handler: TestServer['answer']) => {
  server.answer = routes({ 'POST /clips/import-url': handler });
};

describe('importing a video from a URL', () => {
  it('shows a line at once, titled after the URL until the service names it', async () => {
    answer(json({ success: true, data: { clipId: 'c1' } }, 201));
    expect(await run()).toEqual({ outcome: 'started', clipId: 'c1' });
    expect(watched).toEqual(['follow a1 c1 My talk']);
    expect(JSON.parse(server.seen[0]?.body.toString() ?? '')).toEqual({
      url: URL_OF_VIDEO,
      brandId: 'b1',
    });
  });

  it('goes to the given brand, and to no other when that brand no longer exists', async () => {
    answer(json({ data: { clipId: 'c1' } }, 201));
    uploadTargets = [{ ...account, brands: [...account.brands, { id: 'b2', name: 'Second' }] }];
    await run({ brandId: 'b2' });
    expect(JSON.parse(server.seen[0]?.body.toString() ?? '')).toMatchObject({ brandId: 'b2' });
    expect(await run({ brandId: 'gone' })).toMatchObject({ problem: 'no-brand' });
    expect(server.seen).toHaveLength(1);
  });

  it('keeps the user’s title, here and at the service', async () => {
    answer(json({ data: { clipId: 'c1' } }, 201));
    await run({ title: 'Keynote' });
    expect(watched).toEqual(['follow a1 c1 Keynote']);
    expect(server.seen[0]?.body.toString()).toContain('"title":"Keynote"');
  });

  it.each([
    [401, 'key-refused'],
    [402, 'no-credit'],
    [403, 'scope-missing'],
    [429, 'rate-limited'],
    [400, 'rejected'],
  ])('HTTP %i is a clear refusal, with the service’s own words', async (status, problem) => {
    answer(json({ success: false, error: 'code', message: 'Because.' }, status));
    expect(await run()).toEqual({ outcome: 'refused', problem, remoteText: 'Because.' });
    expect(server.seen).toHaveLength(1);
    expect(watched).toEqual([]);
  });

  it.each([
    ['a server that fails', json({ error: 'x' }, 500), 'service-fault'],
    [
      'JSON that does not parse',
      raw('{"data":', 201, { 'content-type': 'application/json' }),
      'malformed',
    ],
    ['a web page', raw('<html>', 200, { 'content-type': 'text/html' }), 'not-json'],
    ['an answer without an id', json({ data: { ok: true } }, 201), 'unexpected-shape'],
    [
      'a connection cut off',
      ((request) => void request.socket.destroy()) as TestServer['answer'],
      'unreachable',
    ],
    ['no answer at all', () => {}, 'timed-out'],
  ] as const)(
    'after %s it is not sent again, and the list is read',
    async (_name, handler, problem) => {
      answer(handler);
      if (problem === 'timed-out') connection = autoposting.connect(hasty, accessTo(server.url));
      expect(await run()).toEqual({ outcome: 'unsure', problem });
      expect(server.seen).toHaveLength(1);
      expect(watched).toEqual(['poll a1']);
    },
  );

  it('has started even if it could not be stored: the user must not be made to pay twice', async () => {
    answer(json({ data: { clipId: 'c1' } }, 201));
    const broken = {
      account: (accountId: string) => ({
        ...polling.account(accountId),
        followClip: () => {
          throw new Error('disk full');
        },
      }),
    };
    expect(await run({}, broken)).toEqual({ outcome: 'started', clipId: 'c1' });
    expect(watched).toEqual(['poll a1']);
  });

  it('asks for an account or a brand where it would have to guess, and sends nothing', async () => {
    uploadTargets = [];
    expect(await run()).toMatchObject({ problem: 'no-account' });
    uploadTargets = [account, { ...account, id: 'a2' }];
    expect(await run()).toMatchObject({ problem: 'no-account' });
    expect(await run({ accountId: 'a3' })).toMatchObject({ problem: 'no-account' });
    uploadTargets = [{ ...account, brandId: null }];
    expect(await run({ accountId: 'a1' })).toMatchObject({ problem: 'no-brand' });
    expect(server.seen).toEqual([]);
  });

  it('sends nothing without a key, or to a service that cannot fetch videos', async () => {
    connection = clipping.connect(client, accessTo(server.url));
    expect(await run()).toMatchObject({ problem: 'rejected' });
    connection = null;
    expect(await run()).toMatchObject({ problem: 'key-missing' });
    expect(server.seen).toEqual([]);
  });

  it('writes no URL to the log, since it may contain an authorisation', async () => {
    answer(json({ error: 'x' }, 500));
    await run();
    expect(logged).toHaveLength(1);
    expect(logged.join()).not.toMatch(/videos\.example|secret/);
  });

  it.each(['file:///etc/passwd', 'not an address', `https://a.example/${'x'.repeat(2050)}`])(
    'does not pass on %.40s',
    async (url) => {
      expect(await run({ url })).toEqual({
        outcome: 'refused',
        problem: 'rejected',
        remoteText: null,
      });
      expect(server.seen).toEqual([]);
    },
  );
});

describe('a URL to import', () => {
  it.each([
    ' https://youtu.be/abc ',
    'http://host.example:8080/a b.mp4',
    'https://пример.example/видео.mp4',
  ])('may be %s', (text) => {
    expect(importableUrl(text)).toBe(new URL(text.trim()).href);
  });

  it.each([
    'https://user:password@host.example/a.mp4',
    'https://user@host.example/a.mp4',
    'ftp://host.example/a.mp4',
    'javascript:alert(1)',
    'data:video/mp4,x',
    'https://',
    'youtu.be/abc',
    '',
    // Short as written, too long in the form that is sent.
    `https://host.example/${'ü'.repeat(1000)}`,
  ])('is never %.50s', (text) => {
    expect(importableUrl(text)).toBeNull();
  });
});

describe('the title of a video until its service names it', () => {
  it.each([
    ['https://videos.example/a/My%20talk.final.mp4?token=x', 'My talk.final'],
    ['https://www.youtube.com/watch?v=abc', 'youtube.com/watch'],
    ['https://videos.example/', 'videos.example'],
    ['https://videos.example/%E0%A4%A', 'videos.example/%E0%A4%A'],
    ['https://videos.example/gp%E2%80%AEj%0A.mp4', 'gp j'],
  ])('of %s is %s', (address, title) => {
    expect(titleFromUrl(address)).toBe(title);
  });

  it('is short enough for a row', () => {
    expect(titleFromUrl(`https://a.example/${'x'.repeat(1900)}`)).toHaveLength(120);
  });
});
