import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { downloadView } from '../../../main/app-state/download-view';
import { createResultCommands } from '../../../main/commands/results';
import { systemClock } from '../../../main/compose/system-clock';
import type { ClipLine } from '../../../main/domain/clip-line';
import type { DownloadActivity } from '../../../main/domain/download';
import type { Job } from '../../../main/domain/job';
import type { ServiceConnection } from '../../../main/domain/service';
import { StorageError } from '../../../main/domain/storage-error';
import { createDownloadQueue, type DownloadQueue } from '../../../main/downloads/queue';
import { type ChangeFeed, createChangeFeed } from '../../../main/events';
import { createDownloadClient } from '../../../main/http/download-client';
import { openStorage, type Storage } from '../../../main/storage';
import type { DownloadView } from '../../../preload/contract';
import { sampleAccount } from '../../builders/account';
import { silentLogger } from '../../builders/logger';
import { eventually } from '../../eventually';
import { raw, startServer, type TestServer } from '../http/server';

const VIDEO = Buffer.from('video'.repeat(2_000));
const logger = { info: () => {}, warn: () => {}, error: () => {} };
const SHA256 = createHash('sha256').update(VIDEO).digest('hex');
const account = sampleAccount({ service: 'autoposting', name: 'Main', addedAtMs: 0 });
const JOB = `${account.id}/render/j1`;
const HEADERS = { 'content-type': 'video/mp4', etag: '"v1"' };

let server: TestServer;
let root: string;
let feed: ChangeFeed;
let storage: Storage;
/** What windows show. */
let shown: Map<string, DownloadView>;
/** The link that the service gives when it is asked for a fresh one. */
let freshUrl: string | null;
let reads: number;
let isConnected: boolean;
let running: DownloadQueue[];

beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'cliptray-downloads-'));
  feed = createChangeFeed(logger);
  storage = openStorage(join(root, 'db'), feed, silentLogger);
  storage.accounts.save(account);
  storage.jobs.commit({ jobs: [job(`${server.url}/a.mp4`)], events: [], notifications: [] });
  server.seen = [];
  server.answer = raw(VIDEO, 200, HEADERS);
  shown = new Map();
  showDownloads();
  freshUrl = null;
  reads = 0;
  isConnected = true;
  running = [];
});
afterEach(async () => {
  for (const queue of running) await queue.close();
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

const connection = {
  async read() {
    reads += 1;
    return { observations: [job(freshUrl ?? `${server.url}/a.mp4`)], covers: null };
  },
} as unknown as ServiceConnection;

/** The queue as after a start of the app, with its verbs. */
function start() {
  const queue = createDownloadQueue({
    store: storage.downloads,
    feed,
    job: storage.jobs.get,
    client: createDownloadClient({ userAgent: 'Cliptray/test', nowMs: Date.now }),
    connection: () => (isConnected ? connection : null),
    polling: { adopt: () => {} },
    lineOf: () => ({ title: 'The boat.mov', candidates: [] as ClipLine['candidates'] }) as ClipLine,
    folder,
    clock: systemClock,
    random: () => 0.5,
    logger,
  });
  running.push(queue);
  queue.start();
  const handlers = createResultCommands({
    jobs: storage.jobs,
    downloads: queue,
    openExternal: async () => false,
    copy: async () => {},
    showFile: () => {},
  });
  return { queue, handlers };
}

/** Shows downloads as windows do: what is stored, and what is happening. */
function showDownloads(): void {
  const activities = new Map<string, DownloadActivity>();
  const show = (jobId: string) => {
    const view = downloadView(storage.downloads.get(jobId), activities.get(jobId) ?? null);
    if (view) shown.set(jobId, view);
    else shown.delete(jobId);
  };
  feed.on('downloads', ({ jobId }) => show(jobId));
  feed.on('downloadActivity', ({ jobId, activity }) => {
    if (activity) activities.set(jobId, activity);
    else activities.delete(jobId);
    show(jobId);
  });
}

const state = () => shown.get(JOB)?.state;
const until = (wanted: DownloadView['state']) => eventually(() => expect(state()).toBe(wanted));

/** Sends half of the video and then nothing, like a connection that has died. */
const half: TestServer['answer'] = (_request, response) => {
  response.writeHead(200, { ...HEADERS, 'content-length': VIDEO.length });
  response.write(VIDEO.subarray(0, VIDEO.length / 2));
};

describe('downloading a result', () => {
  it('saves the complete file under its title, with its SHA-256', async () => {
    const { handlers } = start();
    expect(handlers['result.download']({ jobId: JOB })).toEqual({ started: true });
    await until('done');
    expect(files()).toEqual(['The boat.mp4']);
    expect(readFileSync(join(folder(), 'The boat.mp4'))).toEqual(VIDEO);
    expect(shown.get(JOB)?.sha256Hex).toBe(SHA256);
  });

  it('is not done twice because its end could not be stored', async () => {
    const { handlers, queue } = start();
    const save = storage.downloads.save;
    let isFull = false;
    storage.downloads.save = (download) => {
      if (isFull) throw new StorageError('full', 'database or disk is full');
      save(download);
    };
    handlers['result.download']({ jobId: JOB });
    isFull = true;
    await eventually(() => expect(files()).toEqual(['The boat.mp4']));
    feed.emit('connection', { accountId: account.id, isConnected: true });
    queue.start();
    expect(storage.downloads.get(JOB)?.state).toBe('under-way');
    isFull = false;
    await eventually(() => {
      feed.emit('storage', { problem: null });
      expect(state()).toBe('done');
    });
    expect(shown.get(JOB)?.sha256Hex).toBe(SHA256);
    expect(files()).toEqual(['The boat.mp4']);
    expect(server.seen).toHaveLength(1);
  });

  it('resumes at the next start where it was interrupted', async () => {
    server.answer = half;
    const first = start();
    first.handlers['result.download']({ jobId: JOB });
    await eventually(() =>
      expect(shown.get(JOB)?.receivedBytes).toBeGreaterThanOrEqual(VIDEO.length / 2),
    );
    await first.queue.close();
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

  it('leaves nothing behind when it is cancelled', async () => {
    server.answer = half;
    const { handlers } = start();
    handlers['result.download']({ jobId: JOB });
    await until('running');
    await eventually(() => expect(files().length).toBeGreaterThan(0));
    await handlers['result.cancelDownload']({ jobId: JOB });
    expect(files()).toEqual([]);
    expect(shown.size).toBe(0);
    expect(storage.downloads.get(JOB)).toBeNull();
  });

  it('asks the service once for a fresh link when the stored one has expired', async () => {
    freshUrl = `${server.url}/fresh.mp4`;
    server.answer = (request, response, body) => {
      const answer = request.url === '/fresh.mp4' ? raw(VIDEO, 200, HEADERS) : raw('no', 403);
      answer(request, response, body);
    };
    start().handlers['result.download']({ jobId: JOB });
    await until('done');
    expect(reads).toBe(1);
  });

  it('fails when the fresh link has expired too, and can be tried again', async () => {
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

  it('is fetched once when it is requested twice', async () => {
    const { handlers } = start();
    handlers['result.download']({ jobId: JOB });
    handlers['result.download']({ jobId: JOB });
    await until('done');
    expect(server.seen).toHaveLength(1);
  });

  it('forgets a file that the user has deleted, so that it can be downloaded again', async () => {
    const { handlers } = start();
    handlers['result.download']({ jobId: JOB });
    await until('done');
    expect(await handlers['result.showFile']({ jobId: JOB })).toEqual({ shown: true });
    rmSync(join(folder(), 'The boat.mp4'));
    expect(await handlers['result.showFile']({ jobId: JOB })).toEqual({ shown: false });
    expect(shown.has(JOB)).toBe(false);
  });

  it('leaves only complete files of an account that is removed', async () => {
    server.answer = half;
    const { queue, handlers } = start();
    handlers['result.download']({ jobId: JOB });
    await until('running');
    await queue.cancelAllOf(account.id);
    storage.accounts.remove(account.id);
    expect(files()).toEqual([]);
    expect(shown.size).toBe(0);
  });

  it('begins a dead connection anew as soon as the network is back, and not a minute later', async () => {
    server.answer = half;
    const { handlers } = start();
    handlers['result.download']({ jobId: JOB });
    await eventually(() =>
      expect(shown.get(JOB)?.receivedBytes).toBeGreaterThanOrEqual(VIDEO.length / 2),
    );
    server.answer = raw(VIDEO, 200, HEADERS);
    feed.emit('connectivity', { kind: 'resumed', cause: 'network' });
    await until('done');
  });

  it('waits for an account that is not connected yet, and goes on once it is', async () => {
    server.answer = raw('no', 403);
    isConnected = false;
    const { handlers } = start();
    handlers['result.download']({ jobId: JOB });
    await until('paused');
    await eventually(() => expect(shown.get(JOB)?.problem).toBe('key-missing'));
    server.answer = raw(VIDEO, 200, HEADERS);
    isConnected = true;
    feed.emit('connection', { accountId: account.id, isConnected: false });
    expect(state()).toBe('paused');
    feed.emit('connection', { accountId: account.id, isConnected: true });
    await until('done');
  });

  it('sends nothing more once it is closed, even when the network returns', async () => {
    server.answer = half;
    const { queue, handlers } = start();
    handlers['result.download']({ jobId: JOB });
    await eventually(() => expect(server.seen).toHaveLength(1));
    await queue.close();
    running = [];
    feed.emit('connectivity', { kind: 'resumed', cause: 'wake' });
    expect(storage.downloads.get(JOB)?.state).toBe('under-way');
    // A second queue takes the same steps later: by the time it is done, a request of the first one
    // would have been seen as well.
    server.answer = raw(VIDEO, 200, HEADERS);
    start();
    await until('done');
    expect(server.seen).toHaveLength(2);
  });
});
