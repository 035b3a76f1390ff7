import { closeSync, mkdtempSync, openSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import { NOTIFY_EVERYTHING } from '../../../main/domain/notification-rules';
import type { UploadRemote } from '../../../main/domain/service';
import { silentFeed } from '../../../main/events';
import { createJsonClient } from '../../../main/http/json-client';
import { openStorage } from '../../../main/storage';
import { systemClock } from '../../../main/uploads/clock';
import { createUploadQueue } from '../../../main/uploads/queue';
import {
  createPartWorkers,
  type RunningPartWorkers,
} from '../../../main/uploads/workers/part-workers';
import { silentLogger } from '../../builders/logger';
import { measureUpload } from './client';

/** The app's engine as the app puts it together, with a service that lives in this process. */
await measureUpload(async ({ filePath, targetUrl, folder, md5Hexes }) => {
  const storage = openStorage(
    join(mkdtempSync(join(folder, 'engine-')), 'cliptray.db'),
    silentFeed,
    silentLogger,
  );
  const workers = createPartWorkers({
    startWorker: (name) =>
      new Worker(resolve('out', 'main', `${name}.js`), {
        workerData: { userAgent: 'cliptray-bench' },
      }),
    resolveProxy: async () => null,
  });
  await polled(targetUrl);
  await started(workers, filePath);
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
    isComplete: async () => false,
  };
  return () =>
    new Promise((resolve, reject) => {
      const queue = createUploadQueue({
        store: storage.uploads,
        workers,
        remoteFor: () => remote,
        clock: systemClock,
        random: Math.random,
        listener: {
          changed: (id) => {
            const state = storage.uploads.get(id)?.state;
            if (state === 'sent') resolve();
            if (state === 'failed') reject(new Error(`${storage.uploads.get(id)?.problem}`));
          },
          progressed: () => {},
          happened: (_id, event) => {
            // A part sent twice, such as after a wrong checksum, would spoil the figures.
            if (event.kind === 'waited') reject(new Error(JSON.stringify(event)));
          },
          log: (_id, text) => reject(new Error(text)),
        },
      });
      queue.start();
      queue.add(filePath, { accountId: 'account', brandId: 'brand' }).then(({ outcome }) => {
        if (outcome !== 'added') reject(new Error(outcome));
      }, reject);
    });
});

/** An app that watches has long asked its services before a file is dropped on it. */
async function polled(baseUrl: string): Promise<void> {
  const client = createJsonClient({ userAgent: 'cliptray-bench', nowMs: Date.now });
  for (let request = 0; request < 300; request += 1) {
    await client.request({ baseUrl }, { method: 'GET', path: '/clips' });
  }
  await client.close();
}

/** The app starts its threads when a window opens, long before a file is dropped on it. */
async function started(workers: RunningPartWorkers, filePath: string): Promise<void> {
  const fd = openSync(filePath, 'r');
  const { signal } = new AbortController();
  const part = { fd, offsetBytes: 0, sizeBytes: 1 };
  await workers.md5(part, signal);
  // Nobody listens there: the thread has started when it says so.
  const nowhere = { url: 'http://127.0.0.1:1/', md5Hex: null, onMoved: () => {} };
  await workers.send({ ...part, ...nowhere, signal }).catch(() => {});
  closeSync(fd);
}
