import { join } from 'node:path';
import { app } from 'electron';
import type { Projection } from '../app-state/projection';
import { createDownloadQueue } from '../downloads/queue';
import { resultTitle } from '../downloads/result-title';
import type { Watcher } from '../polling/watcher';
import type { AccountServices } from './accounts';
import type { Foundation } from './foundation';
import type { Network } from './network';

/** Results on their way to the disk. */
export function composeDownloads(
  { feed, storage, clock, log }: Foundation,
  { downloadClient }: Network,
  watcher: Watcher,
  { registry }: AccountServices,
  projection: Projection,
) {
  return createDownloadQueue({
    store: storage.downloads,
    job: storage.jobs.get,
    client: downloadClient,
    connection: registry.connection,
    adopt: (accountId, observations) => watcher.account(accountId)?.adopt(observations),
    titleOf: (jobId) => resultTitle(projection.lineOf(jobId), jobId),
    folder: () => join(app.getPath('downloads'), app.getName()),
    clock,
    random: Math.random,
    feed,
    logger: log,
  });
}
