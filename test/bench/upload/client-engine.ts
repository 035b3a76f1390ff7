import { closeSync, mkdtempSync, openSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import { systemClock } from '../../../main/compose/system-clock';
import { NOTIFY_EVERYTHING } from '../../../main/domain/notification-rules';
import type { UploadRemote } from '../../../main/domain/service';
import { createChangeFeed } from '../../../main/events';
import { createJsonClient } from '../../../main/http/json-client';
import { openStorage } from '../../../main/storage';
import { createUploadQueue } from '../../../main/uploads/queue';
import {
  createPartWorkers,
  type RunningPartWorkers,
} from '../../../main/uploads/workers/part-workers';
import { Writers } from '../../../main/uploads/writers';
import { measureUpload } from './client';

/** The app's engine, put together as in the app, with a service that lives in this process. */
await measureUpload(async ({ filePath, targetUrl, folder, md5Hexes }) => {
  let fail = (error: Error): void => {
    throw error;
  };
  // Anything worth a warning would spoil the figures.
  const failWith = (message: string, fields: object = {}) =>
    fail(new Error(`${message} ${JSON.stringify(fields)}`));
  const logger = { info: () => {}, warn: failWith, error: failWith };
  const feed = createChangeFeed(logger);
  const storage = openStorage(
    join(mkdtempSync(join(folder, 'engine-')), 'cliptray.db'),
    feed,
    logger,
  );
  const workers = createPartWorkers({
    startWorker: (name) =>
      new Worker(resolve('out', 'main', `${name}.js`), {
        workerData: { userAgent: 'cliptray-bench' },
      }),
    resolveProxy: async () => null,
  });
  await polled(targetUrl);
  await warmedUp(workers, filePath);
  storage.accounts.save({
    id: 'account',
    service: 'autoposting',
    name: 'Benchmark',
    keyHeader: 'bearer',
    keyLocation: 'session',
    brands: [],
    brandId: null,
    addedAtMs: Date.now(),
    pace: 'balanced',
    notificationRules: NOTIFY_EVERYTHING,
  });
  const remote: UploadRemote = {
    start: async () => ({ clipId: 'clip', uploadId: 'upload', key: 'key' }),
    sign: async (_upload, partNumbers) =>
      partNumbers.map((partNumber) => ({
        partNumber,
        url: `${targetUrl}/key?partNumber=${partNumber}&etag=${md5Hexes[partNumber - 1]}`,
      })),
    complete: async () => {},
    abort: async () => {},
    isComplete: async () => true,
  };
  return () =>
    new Promise((resolve, reject) => {
      fail = reject;
      feed.on('uploadEvent', ({ event }) => {
        if (event.kind === 'sent') resolve();
        // A part sent twice, such as after a wrong checksum, would spoil the figures.
        if (event.kind === 'waited' || event.kind === 'failed') failWith('upload', event);
      });
      const queue = createUploadQueue({
        store: storage.uploads,
        workers,
        uploadRemote: () => remote,
        writers: new Writers(),
        clock: systemClock,
        random: Math.random,
        feed,
        logger,
      });
      queue.start();
      queue.add(filePath, { accountId: 'account', brandId: 'brand' }).then(({ outcome }) => {
        if (outcome !== 'added') reject(new Error(outcome));
      }, reject);
    });
});

/** A running app has polled its services for a long time before a file is dropped on it. */
async function polled(baseUrl: string): Promise<void> {
  const client = createJsonClient({ userAgent: 'cliptray-bench', nowMs: Date.now });
  for (let request = 0; request < 300; request += 1) {
    await client.request({ baseUrl }, { method: 'GET', path: '/clips' });
  }
  await client.close();
}

/** The app starts its workers when a window opens, long before a file is dropped on it. */
async function warmedUp(workers: RunningPartWorkers, filePath: string): Promise<void> {
  const fd = openSync(filePath, 'r');
  const { signal } = new AbortController();
  const part = { fd, offsetBytes: 0, sizeBytes: 1 };
  await workers.md5(part, signal);
  // Nobody listens on this port: once the worker says so, it has started.
  const nowhere = { url: 'http://127.0.0.1:1/', md5Hex: null, onMoved: () => {} };
  await workers.send({ ...part, ...nowhere, signal }).catch(() => {});
  closeSync(fd);
}
