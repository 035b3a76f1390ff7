import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { systemClock } from '../../../main/compose/system-clock';
import type { Clock } from '../../../main/domain/clock';
import type { Logger } from '../../../main/domain/logger';
import { NOTIFY_EVERYTHING } from '../../../main/domain/notification-rules';
import { createChangeFeed } from '../../../main/events';
import { createJsonClient } from '../../../main/http/json-client';
import { autoposting } from '../../../main/services/autoposting/module';
import { openStorage } from '../../../main/storage';
import { recheckStorage } from '../../../main/storage/health';
import { createUploadQueue } from '../../../main/uploads/queue';
import { createPartWorkers, type PartWorkers } from '../../../main/uploads/workers/part-workers';
import { Writers } from '../../../main/uploads/writers';
import { ACCOUNT_ID, DATABASE_NAME } from './messages';

export interface UploaderOptions {
  dataFolder: string;
  baseUrl: string;
  key: string;
  brandId: string;
  userAgent: string;
  /** Time passes this many times as fast for the engine, but not for the network. */
  hurry: number;
}

/** The upload side of the app, put together as `main/compose/uploads.ts` does it. */
export function composeUploader(options: UploaderOptions, logger: Logger) {
  const { dataFolder, baseUrl, key, brandId, userAgent, hurry } = options;
  const feed = createChangeFeed(logger);
  const storage = openStorage(join(dataFolder, DATABASE_NAME), feed, logger);
  const clock = hurried(hurry);
  recheckStorage(feed, clock, storage.check);
  storage.accounts.save({
    id: ACCOUNT_ID,
    service: autoposting.id,
    name: 'Fault tests',
    keyHeader: 'bearer',
    keyLocation: 'session',
    brands: [{ id: brandId, name: 'Acme' }],
    brandId,
    addedAtMs: 0,
    pace: 'balanced',
    notificationRules: NOTIFY_EVERYTHING,
  });
  const client = createJsonClient({ userAgent, nowMs: Date.now });
  const { uploads } = autoposting.connect(client, {
    accountId: ACCOUNT_ID,
    baseUrl,
    keyHeader: 'bearer',
    key: async () => key,
  });
  const workers = createPartWorkers({
    startWorker: (name) =>
      new Worker(new URL(`./${name}.js`, import.meta.url), { workerData: { userAgent } }),
    resolveProxy: async () => null,
  });
  return {
    feed,
    uploads: storage.uploads,
    workers,
    createQueue: (store: typeof storage.uploads, partWorkers: PartWorkers) =>
      createUploadQueue({
        store,
        workers: partWorkers,
        uploadRemote: (accountId) => (accountId === ACCOUNT_ID ? uploads : null),
        writers: new Writers(),
        clock,
        random: Math.random,
        feed,
        logger,
      }),
    async close(): Promise<void> {
      await client.close();
      await workers.close();
      storage.close();
    },
  };
}

/** A clock that runs faster than real time, so that waits are over sooner. */
function hurried(hurry: number): Clock {
  const startMs = performance.now();
  return {
    nowMs: () => Math.round(systemClock.nowMs() + (performance.now() - startMs) * (hurry - 1)),
    monotonicMs: () => (performance.now() - startMs) * hurry,
    after: (delayMs, task) => systemClock.after(delayMs / hurry, task),
  };
}
