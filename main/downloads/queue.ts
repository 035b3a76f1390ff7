import { access } from 'node:fs/promises';
import {
  type Download,
  type DownloadActivity,
  type DownloadClient,
  FolderError,
} from '../domain/download';
import { type Logger, reason } from '../domain/logger';
import { isPassing, ServiceError } from '../domain/service-error';
import { storageProblemOf } from '../domain/storage-error';
import type { ChangeFeed } from '../events';
import { type FetchResultDeps, fetchResult } from './fetch-result';
import { discardPartialFiles } from './resumable-download';

/** Where downloads are stored. Emits `downloads` on the feed at each change. */
interface DownloadStore {
  get(jobId: string): Download | null;
  /** All that are under way and the `limit` latest others, in the order in which they were requested. */
  recent(limit: number): Download[];
  save(download: Download): void;
  remove(jobId: string): void;
}

export interface DownloadQueueDeps extends FetchResultDeps {
  store: DownloadStore;
  /** The queue listens to `connectivity` and `connection`, and emits `downloadActivity`. */
  feed: ChangeFeed;
  client: DownloadClient;
  /** Where new files go. Created if it does not exist. */
  folder: () => string;
  logger: Logger;
}

const MAX_AT_ONCE = 3;
/** A download that waits for its host is retried this often, and when the network returns. */
const RETRY_MS = 60_000;
/** How many ended downloads are searched for those of an account. */
const MAX_ENDED = 500;

interface Running {
  controller: AbortController;
  /** No longer wanted: its partial files are deleted. */
  isCancelled: boolean;
  ended: Promise<void>;
}

const NO_PROGRESS = { receivedBytes: 0, sizeBytes: null, bytesPerSecond: null };

/** Whether it will continue by itself: the host is away, or the account is not connected yet. */
function isWaiting(error: unknown): error is ServiceError {
  const notConnected = ['key-missing', 'keychain-locked', 'keychain-silent', 'other-address'];
  return (
    error instanceof ServiceError &&
    (isPassing(error.problem) || notConnected.includes(error.problem))
  );
}

/** Downloads results to the disk, a few at once. Survives restarts and network failures. */
export function createDownloadQueue(deps: DownloadQueueDeps) {
  const { store, feed, clock, logger } = deps;
  const running = new Map<string, Running>();
  /** Ids of jobs, in the order in which their results were requested. */
  let waiting: string[] = [];
  let cancelRetry: (() => void) | null = null;
  let closed = false;
  /** How downloads have ended, as far as it could not be stored yet. */
  const unstored = new Map<string, Download>();

  const report = (jobId: string, activity: DownloadActivity | null) =>
    feed.emit('downloadActivity', { jobId, activity });

  /** Stores how it ended; if nothing can be stored, once something can: the file is there already. */
  function saveEnd(download: Download): void {
    const { jobId } = download;
    unstored.set(jobId, download);
    try {
      store.save(download);
      unstored.delete(jobId);
    } catch (error) {
      if (storageProblemOf(error) === null) unstored.delete(jobId);
      throw error;
    }
  }

  async function discard({ jobId, folder }: Download): Promise<void> {
    await discardPartialFiles({ id: jobId, folder });
    store.remove(jobId);
    unstored.delete(jobId);
    report(jobId, null);
  }

  /** An attempt has failed, for now or for good. */
  function settleFailure(download: Download, error: unknown): void {
    // While the app quits, the stored download stays under way: the next start continues it.
    if (closed) return;
    const { jobId } = download;
    const known = error instanceof ServiceError || error instanceof FolderError;
    if (!known) logger.error('download failed', { reason: reason(error) });
    if (isWaiting(error)) {
      report(jobId, { ...NO_PROGRESS, state: 'paused', problem: error.problem });
      cancelRetry ??= clock.after(RETRY_MS, resume);
      return;
    }
    const problem = known ? error.problem : 'disk-failed';
    logger.warn('download stopped', { job: jobId, problem });
    saveEnd({ ...download, state: 'failed', problem });
    report(jobId, null);
  }

  async function run(download: Download, self: Running): Promise<void> {
    const { jobId } = download;
    report(jobId, { ...NO_PROGRESS, state: 'running', problem: null });
    try {
      const file = await fetchResult(deps, {
        jobId,
        folder: download.folder,
        onActivity: (activity) => report(jobId, activity),
        signal: self.controller.signal,
      });
      saveEnd({ ...download, state: 'done', ...file });
      report(jobId, null);
      logger.info('download done', { job: jobId, sizeBytes: file.sizeBytes });
    } catch (error) {
      if (self.isCancelled) await discard(download);
      else if (unstored.has(jobId)) throw error;
      else settleFailure(download, error);
    } finally {
      running.delete(jobId);
      startNext();
    }
  }

  function startNext(): void {
    while (!closed && running.size < MAX_AT_ONCE) {
      const jobId = waiting.shift();
      if (jobId === undefined) return;
      const download = store.get(jobId);
      if (download?.state !== 'under-way' || running.has(jobId)) continue;
      const self: Running = {
        controller: new AbortController(),
        isCancelled: false,
        ended: Promise.resolve(),
      };
      running.set(jobId, self);
      self.ended = run(download, self).catch((error) =>
        logger.error('download not settled', { job: jobId, reason: reason(error) }),
      );
    }
  }

  /** Retries everything that waits. */
  function resume(): void {
    cancelRetry?.();
    cancelRetry = null;
    if (closed) return;
    const known = new Set([...waiting, ...running.keys(), ...unstored.keys()]);
    const underWay = store.recent(0).filter(({ jobId }) => !known.has(jobId));
    waiting = [...waiting, ...underWay.map(({ jobId }) => jobId)];
    startNext();
  }

  async function cancel(jobId: string): Promise<void> {
    waiting = waiting.filter((id) => id !== jobId);
    const download = store.get(jobId);
    if (!download) return;
    const self = running.get(jobId);
    if (self) {
      self.isCancelled = true;
      self.controller.abort();
      await self.ended;
    } else if (download.state !== 'done') await discard(download);
  }

  const subscriptions = [
    feed.on('connectivity', (change) => {
      if (change.kind !== 'resumed') return;
      deps.client.resetConnections();
      resume();
    }),
    feed.on('storage', ({ problem }) => {
      if (problem !== null) return;
      for (const download of [...unstored.values()]) {
        saveEnd(download);
        report(download.jobId, null);
      }
      resume();
    }),
    feed.on('connection', ({ isConnected }) => {
      if (isConnected) resume();
    }),
  ];

  return {
    /** Continues what was under way when the app quit. */
    start: resume,
    /**
     * Downloads the job's result, or continues an earlier download of it. False when the job has no
     * result.
     */
    download(jobId: string): boolean {
      if (!deps.job(jobId)?.resultUrl) return false;
      const before = store.get(jobId);
      if (before?.state !== 'under-way') {
        store.save({
          jobId,
          state: 'under-way',
          // The partial files of a failed download are in its folder.
          folder: before?.folder ?? deps.folder(),
          path: null,
          sizeBytes: null,
          sha256Hex: null,
          problem: null,
          begunAtMs: clock.nowMs(),
        });
      }
      resume();
      return true;
    },
    /** Stops a download and deletes its partial files. A complete file stays. */
    cancel,
    /**
     * Path of the complete file. Null when it is not there: if the user has moved or deleted it, the
     * result can be downloaded again.
     */
    async filePath(jobId: string): Promise<string | null> {
      const path = store.get(jobId)?.path ?? null;
      if (path === null) return null;
      const exists = await access(path).then(
        () => true,
        () => false,
      );
      if (!exists) store.remove(jobId);
      return exists ? path : null;
    },
    /** Cancels all downloads of an account and deletes their records. Complete files stay. */
    async cancelAllOf(accountId: string): Promise<void> {
      const own = store
        .recent(MAX_ENDED)
        .filter(({ jobId }) => deps.job(jobId)?.accountId === accountId);
      await Promise.all(own.map(({ jobId }) => cancel(jobId)));
      for (const { jobId } of own) store.remove(jobId);
    },
    /** Interrupts what is under way; the next start continues it. */
    async close(): Promise<void> {
      closed = true;
      for (const unsubscribe of subscriptions) unsubscribe();
      cancelRetry?.();
      const all = [...running.values()];
      for (const { controller } of all) controller.abort();
      await Promise.all(all.map(({ ended }) => ended));
      await deps.client.close();
    },
  };
}

export type DownloadQueue = ReturnType<typeof createDownloadQueue>;
