import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../../main/compose/system-clock';
import type { Job } from '../../../main/domain/job';
import type { ServiceConnection } from '../../../main/domain/service';
import { createDownloadQueue } from '../../../main/downloads/queue';
import { silentFeed } from '../../../main/events';
import { createDownloadClient } from '../../../main/http/download-client';
import { openStorage, type Storage } from '../../../main/storage';
import type { DownloadView } from '../../../preload/contract';
import { sampleAccount } from '../../builders/account';
import { raw, startServer, type TestServer } from '../http/server';

const VIDEO = Buffer.from('video'.repeat(2_000));
const SHA256 = createHash('sha256').update(VIDEO).digest('hex');
const account = sampleAccount({ service: 'autoposting', name: 'Main', addedAtMs: 0 });
const JOB = `${account.id}/render/j1`;
const HEADERS = { 'content-type': 'video/mp4', etag: '"v1"' };

let server: TestServer;
let root: string;
let storage: Storage;
let shown: Map<string, DownloadView>;
/** Link that the service gives when it is asked anew. */
let freshUrl: string | null;
let reads: number;
let running: ReturnType<typeof createDownloadQueue>[];

beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'cliptray-downloads-'));
  storage = openStorage(join(root, 'db'), silentFeed);
  storage.accounts.save(account);
  storage.jobs.commit({ jobs: [job(`${server.url}/a.mp4`)], events: [], notifications: [] });
  server.seen = [];
  server.answer = raw(VIDEO, 200, HEADERS);
  shown = new Map();
  freshUrl = null;
  reads = 0;
  running = [];
});
afterEach(async () => {
  for (const downloads of running) await downloads.close();
  storage.close();
  rmSync(root, { recursive: true, force: true });
});

function job(resultUrl: string): Job {
  return {
    ...{ id: JOB, accountId: account.id, kind: 'render', remoteId: 'j1', clipId: 'c1' },
    ...{ title: null, phase: 'done', remoteStatus: 'completed', createdAtMs: 1, endedAtMs: 2 },
    ...{ resultUrl, failure: null, estimatedDurationMs: null, candidateId: null, clip: null },
    ...{ revisionMark: null, firstSeenAtMs: 1, phaseSinceMs: 2, leftListAtMs: null },
    ...{ gone: false, seen: true },
  } as Job;
}

const folder = () => join(root, 'out');
const files = () => readdirSync(folder());

/** The downloads as after a start of the app. */
function start() {
  const downloads = createDownloadQueue({
    store: storage.downloads,
    job: storage.jobs.get,
    client: createDownloadClient({ userAgent: 'Cliptray/test', nowMs: Date.now }),
    connection: () =>
      ({
        async read() {
          reads += 1;
          return { observations: [job(freshUrl ?? `${server.url}/a.mp4`)], covers: null };
        },
      }) as unknown as ServiceConnection,
    watcher: { account: () => ({ adopt: () => {} }) },
    titleOf: () => 'The boat',
    folder,
    clock: systemClock,
    random: () => 0.5,
    show(jobId, view) {
      if (view) shown.set(jobId, view);
      else shown.delete(jobId);
    },
    showFile: () => {},
    logger: { info: () => {}, warn: () => {}, error: () => {} },
  });
  running.push(downloads);
  downloads.start();
  return downloads;
}

const state = () => shown.get(JOB)?.state;
const until = (wanted: DownloadView['state']) =>
  vi.waitFor(() => expect(state()).toBe(wanted), { timeout: 5_000 });

/** Sends half of the video and then nothing, as a link that has gone dead. */
const half: TestServer['answer'] = (_request, response) => {
  response.writeHead(200, { ...HEADERS, 'content-length': VIDEO.length });
  response.write(VIDEO.subarray(0, VIDEO.length / 2));
};

describe('downloading a result', () => {
  it('saves it whole under its title, with its fingerprint', async () => {
    const { handlers } = start();
    expect(handlers['result.download']({ jobId: JOB })).toEqual({ started: true });
    await until('done');
    expect(files()).toEqual(['The boat.mp4']);
    expect(readFileSync(join(folder(), 'The boat.mp4'))).toEqual(VIDEO);
    expect(shown.get(JOB)?.sha256Hex).toBe(SHA256);
  });

  it('goes on at the next start where it was broken off', async () => {
    server.answer = half;
    const first = start();
    first.handlers['result.download']({ jobId: JOB });
    await vi.waitFor(() =>
      expect(shown.get(JOB)?.receivedBytes).toBeGreaterThanOrEqual(VIDEO.length / 2),
    );
    await first.close();
    running = [];
    expect(files().some((name) => name.endsWith('.part'))).toBe(true);
    server.answer = (request, response) => {
      const from = Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0);
      response.writeHead(206, {
        ...HEADERS,
        'content-range': `bytes ${from}-${VIDEO.length - 1}/${VIDEO.length}`,
      });
      response.end(VIDEO.subarray(from));
    };
    shown.clear();
    start();
    await until('done');
    expect(server.seen.at(-1)?.headers.range).toBe(`bytes=${VIDEO.length / 2}-`);
    expect(shown.get(JOB)?.sha256Hex).toBe(SHA256);
    expect(files()).toEqual(['The boat.mp4']);
  });

  it('leaves no piece behind when it is cancelled', async () => {
    server.answer = half;
    const { handlers } = start();
    handlers['result.download']({ jobId: JOB });
    await until('running');
    await vi.waitFor(() => expect(files().length).toBeGreaterThan(0));
    await handlers['result.cancelDownload']({ jobId: JOB });
    expect(files()).toEqual([]);
    expect(shown.size).toBe(0);
    expect(storage.downloads.get(JOB)).toBeNull();
  });

  it('asks the service once for a fresh link when the old one is over', async () => {
    freshUrl = `${server.url}/fresh.mp4`;
    server.answer = (request, response, body) => {
      const answer = request.url === '/fresh.mp4' ? raw(VIDEO, 200, HEADERS) : raw('no', 403);
      answer(request, response, body);
    };
    start().handlers['result.download']({ jobId: JOB });
    await until('done');
    expect(reads).toBe(1);
  });

  it('says that the link is over when the fresh one is too, and can be tried again', async () => {
    server.answer = raw('no', 403);
    const { handlers } = start();
    handlers['result.download']({ jobId: JOB });
    await until('failed');
    expect(shown.get(JOB)?.problem).toBe('not-found');
    expect(reads).toBe(1);
    server.answer = raw(VIDEO, 200, HEADERS);
    handlers['result.download']({ jobId: JOB });
    await until('done');
  });

  it('is asked for twice and fetched once', async () => {
    const { handlers } = start();
    handlers['result.download']({ jobId: JOB });
    handlers['result.download']({ jobId: JOB });
    await until('done');
    expect(server.seen).toHaveLength(1);
  });

  it('offers a file that the user has deleted for download again', async () => {
    const { handlers } = start();
    handlers['result.download']({ jobId: JOB });
    await until('done');
    expect(await handlers['result.showFile']({ jobId: JOB })).toEqual({ shown: true });
    rmSync(join(folder(), 'The boat.mp4'));
    expect(await handlers['result.showFile']({ jobId: JOB })).toEqual({ shown: false });
    expect(shown.has(JOB)).toBe(false);
  });

  it('leaves nothing but whole files of an account that is removed', async () => {
    server.answer = half;
    const downloads = start();
    downloads.handlers['result.download']({ jobId: JOB });
    await until('running');
    await downloads.cancelOf(account.id);
    storage.accounts.remove(account.id);
    expect(files()).toEqual([]);
    expect(shown.size).toBe(0);
  });
});
