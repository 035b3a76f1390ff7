import { join } from 'node:path';
import { app } from 'electron';
import { createDownloadQueue } from '../downloads/queue';
import type { Watcher } from '../polling/watcher';
import type { AccountServices } from './accounts';
import type { AppState } from './app-state';
import type { Foundation } from './foundation';
import type { Network } from './network';

/** Results on their way to the disk. */
export function composeDownloads(
  { feed, storage, clock, log }: Foundation,
  { downloadClient }: Network,
  watcher: Watcher,
  { registry }: AccountServices,
  { projection }: AppState,
) {
  return createDownloadQueue({
    store: storage.downloads,
    job: storage.jobs.get,
    client: downloadClient,
    connection: registry.connection,
    adoptJobs: (accountId, jobs) => watcher.account(accountId)?.adopt(jobs),
    lineOf: projection.lineOf,
    folder: () => join(app.getPath('downloads'), app.getName()),
    clock,
    random: Math.random,
    feed,
    logger: log,
  });
}
