import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { FolderError } from '../../../main/domain/download';
import { discardPartialFiles, resumableDownload } from '../../../main/downloads/resumable-download';
import { createDownloadClient } from '../../../main/http/download-client';
import { failureOf, raw, startServer, type TestServer } from '../http/server';

const client = createDownloadClient({ userAgent: 'Cliptray/test', nowMs: Date.now });
const FILE = Buffer.from('video'.repeat(100));

let server: TestServer;
let root: string;
let folder: string;

beforeAll(async () => {
  server = await startServer();
});
afterAll(async () => {
  await client.close();
  await server.close();
});
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'cliptray-save-'));
  folder = join(root, 'in');
  mkdirSync(folder);
  server.answer = raw(FILE, 200, { 'content-type': 'video/mp4', etag: '"v1"' });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const save = (into = folder, title = 'Clip') =>
  resumableDownload(
    { client, nowMs: Date.now, random: Math.random, wait: async () => {} },
    {
      id: 'one',
      url: `${server.url}/a.mp4`,
      folder: into,
      title,
      onProgress: () => {},
      signal: new AbortController().signal,
    },
  );
const problemOf = async (call: Promise<unknown>) => {
  const error = await call.catch((caught: unknown) => caught);
  return error instanceof FolderError ? error.problem : error;
};

/** The longest name that the file system takes, in bytes; a real one has 255 here. */
let longestName = 255;
vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof import('node:fs/promises')>();
  return {
    ...real,
    async open(...[path, ...rest]: Parameters<typeof real.open>) {
      if (Buffer.byteLength(basename(String(path))) > longestName) {
        throw Object.assign(new Error('name too long'), { code: 'ENAMETOOLONG' });
      }
      return real.open(path, ...rest);
    },
  };
});

describe('a resumable download', () => {
  it('of a long title is saved twice, in any writing', async () => {
    for (const title of ['界'.repeat(84), '🎬'.repeat(63)]) {
      const paths = [(await save(folder, title)).path, (await save(folder, title)).path];
      expect(paths[1]).toMatch(/ \(2\)\.mp4$/);
      for (const path of paths) expect(readFileSync(path)).toEqual(FILE);
    }
  });

  it('gets a shorter name where the file system takes no longer one, as in an encrypted home', async () => {
    longestName = 143;
    const title = '界'.repeat(84);
    const paths = [(await save(folder, title)).path, (await save(folder, title)).path];
    longestName = 40;
    expect(await problemOf(save(folder, title))).toBe('disk-failed');
    longestName = 255;
    const sizes = paths.map((path) => Buffer.byteLength(basename(path)));
    expect(Math.max(...sizes)).toBeLessThanOrEqual(143);
    expect(Math.min(...sizes)).toBeGreaterThan(130);
    expect(new Set(paths).size).toBe(2);
  });

  it('never overwrites an existing file', async () => {
    writeFileSync(join(folder, 'Clip.mp4'), 'mine');
    expect((await save()).path).toBe(join(folder, 'Clip (2).mp4'));
    expect((await save()).path).toBe(join(folder, 'Clip (3).mp4'));
    expect(readFileSync(join(folder, 'Clip.mp4'), 'utf8')).toBe('mine');
  });

  it('reports what is wrong with the folder', async () => {
    expect(await problemOf(save(join(root, 'gone')))).toBe('folder-missing');
  });

  it('does not follow a symbolic link out of the folder', async () => {
    server.answer = raw('', 404);
    await failureOf(save());
    const part = readdirSync(folder).find((name) => name.endsWith('.part')) ?? '';
    const victim = join(root, 'victim');
    writeFileSync(victim, 'mine');
    rmSync(join(folder, part));
    symlinkSync(victim, join(folder, part));
    server.answer = raw(FILE, 200);
    expect(await problemOf(save())).toBe('folder-closed');
    expect(readFileSync(victim, 'utf8')).toBe('mine');
  });

  it('starts over when it does not know which version of the file its pieces belong to', async () => {
    server.answer = raw('', 404);
    await failureOf(save());
    const part = readdirSync(folder).find((name) => name.endsWith('.part')) ?? '';
    writeFileSync(join(folder, part), 'x'.repeat(10_000));
    server.answer = raw(FILE, 200);
    const { path, sizeBytes } = await save();
    expect(sizeBytes).toBe(FILE.length);
    expect(readFileSync(path).equals(FILE)).toBe(true);
    expect(server.seen.at(-1)?.headers.range).toBeUndefined();
  });

  it('leaves nothing behind once its pieces are discarded', async () => {
    server.answer = (_request, response) => {
      response.writeHead(200, { etag: '"v1"', 'content-length': '1000' });
      response.write('begin', () => setImmediate(() => response.destroy()));
    };
    await failureOf(save());
    await discardPartialFiles({ folder, id: 'one' });
    expect(readdirSync(folder)).toEqual([]);
  });

  it('stops when more bytes come than were announced', async () => {
    server.answer = (_request, response) => {
      response.socket?.end(
        `HTTP/1.1 206 Partial\r\nContent-Range: bytes 0-4/5\r\nContent-Length: 500\r\n\r\n${FILE}`,
      );
    };
    expect((await failureOf(save())).problem).toBe('unexpected-shape');
  });
});
