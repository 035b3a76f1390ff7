import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { systemProxy } from '../desktop/system/system-proxy';
import { addFiles } from '../uploads/add-files';
import { createUploadQueue } from '../uploads/queue';
import { createPartWorkers } from '../uploads/workers/part-workers';
import { Writers } from '../uploads/writers';
import type { AccountServices } from './accounts';
import type { Foundation } from './foundation';
import type { Network } from './network';

/** The upload queue, and the worker threads that read, hash and send. */
export function composeUploads(
  foundation: Foundation,
  { certificates }: Network,
  { registry }: AccountServices,
) {
  const { feed, storage, clock, log, userAgent } = foundation;
  const workers = createPartWorkers({
    startWorker: (name) =>
      new Worker(join(import.meta.dirname, `${name}.js`), { workerData: { userAgent } }),
    resolveProxy: systemProxy,
    certificates: certificates.current,
  });
  feed.on('certificates', workers.trustCertificates);
  feed.on('connectivity', (change) => {
    if (change.kind === 'resumed') workers.resetConnections();
    if (change.kind === 'addresses-lost') workers.breakConnectionsFrom(change.addresses);
  });
  feed.on('settings', ({ changes: { uploadLimitBytesPerSecond } }) => {
    if (uploadLimitBytesPerSecond !== undefined) workers.setLimit(uploadLimitBytesPerSecond);
  });
  feed.on('windowOpened', () => {
    // Files are dropped on windows, so the workers are started early: the first upload need not wait.
    if (registry.uploadTargets().length > 0) workers.warmUp();
  });
  const queue = createUploadQueue({
    store: storage.uploads,
    workers,
    uploadRemote: registry.uploadRemote,
    writers: new Writers(),
    clock,
    random: Math.random,
    feed,
    logger: log,
  });
  return {
    queue,
    workers,
    addFiles: (paths: string[], target: Parameters<typeof addFiles>[1]) =>
      addFiles(paths, target, { queue, uploadTargets: registry.uploadTargets }),
  };
}

export type Uploads = ReturnType<typeof composeUploads>;
