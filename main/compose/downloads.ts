import { join } from 'node:path';
import { app } from 'electron';
import { createDownloadQueue } from '../downloads/queue';
import type { PollingService } from '../polling/polling-service';
import type { AccountServices } from './accounts';
import type { AppState } from './app-state';
import type { Foundation } from './foundation';
import type { Network } from './network';

/** Results on their way to the disk. */
export function composeDownloads(
  { feed, storage, clock, log }: Foundation,
  { downloadClient }: Network,
  polling: PollingService,
  { registry }: AccountServices,
  { projection }: AppState,
) {
  return createDownloadQueue({
    store: storage.downloads,
    job: storage.jobs.get,
    client: downloadClient,
    connection: registry.connection,
    polling: { adopt: (accountId, jobs) => polling.account(accountId)?.adopt(jobs) },
    lineOf: projection.lineOf,
    folder: () => join(app.getPath('downloads'), app.getName()),
    clock,
    random: Math.random,
    feed,
    logger: log,
  });
}
