import { access, mkdir } from 'node:fs/promises';
import { basename } from 'node:path';
import type { DownloadView } from '../../preload/contract';
import type { Handlers } from '../commands/handlers';
import type { Clock } from '../domain/clock';
import { delay } from '../domain/delay';
import { type Download, type DownloadProgress, FolderError } from '../domain/download';
import { jobId as idOfJob, type Job } from '../domain/job';
import { type Logger, reason } from '../domain/logger';
import type { ServiceConnection } from '../domain/service';
import { isPassing, ServiceError } from '../domain/service-error';
import { EMPTY_METER, measureThroughput } from '../domain/throughput';
import type { DownloadClient } from '../http/download-client';
import type { Watcher } from '../polling/watcher';
import type { DownloadRepository } from '../storage/downloads';
import { discardDraft, resumableDownload } from './resumable-download';

export interface DownloadQueueDeps {
  store: DownloadRepository;
  job: (jobId: string) => Job | null;
  client: DownloadClient;
  connection: (accountId: string) => ServiceConnection | null;
  watcher: Pick<Watcher, 'adopt'>;
  /** What a result is to be called; null leaves it to the host. */
  titleOf: (jobId: string) => string | null;
  /** Where new results go. It is made when it is not there. */
  folder: () => string;
  clock: Clock;
  /** Uniform in [0, 1). */
  random: () => number;
  /** What windows are shown; null takes it away. */
  show: (jobId: string, view: DownloadView | null) => void;
  /** Shows a file, which is there, in the system's file manager. */
  showFile: (path: string) => void;
  logger: Logger;
}

const MOST_AT_ONCE = 3;
/** What waits for a host is tried again this often, besides when the network returns. */
const RETRY_MS = 60_000;
/** Whole and failed ones that windows are told of. */
const MOST_SHOWN = 500;

interface Running {
  controller: AbortController;
  /** Not wanted any more: its pieces are removed. */
  discarded: boolean;
  ended: Promise<void>;
}

function viewOf(download: Download, live: Partial<DownloadView> = {}): DownloadView {
  return {
    jobId: download.jobId,
    state: download.state === 'under-way' ? 'paused' : download.state,
    fileName: download.path === null ? null : basename(download.path),
    receivedBytes: download.state === 'done' ? (download.sizeBytes ?? 0) : 0,
    sizeBytes: download.sizeBytes,
    bytesPerSecond: null,
    sha256Hex: download.sha256Hex,
    problem: download.problem,
    ...live,
  };
}

/** Whether it goes on by itself: the host is away, or the account has not started yet. */
function waits(error: unknown): error is ServiceError {
  const early = ['key-missing', 'keychain-silent'];
  return (
    error instanceof ServiceError && (isPassing(error.problem) || early.includes(error.problem))
  );
}

/** Results on their way to the disk: a few at once, over restarts and breaks of the network. */
export function createDownloadQueue(deps: DownloadQueueDeps) {
  const { store, clock, show, logger } = deps;
  const running = new Map<string, Running>();
  /** In the order in which they were asked for. */
  let waiting: string[] = [];
  let cancelRetry: (() => void) | null = null;
  let closed = false;

  const wait = (delayMs: number, signal: AbortSignal) => delay(clock, delayMs, signal);

  /** Tells windows how far it is; the saving of it tells four times a second at most. */
  function progressOf(download: Download) {
    let meter = EMPTY_METER;
    return ({ receivedBytes, totalBytes }: DownloadProgress) => {
      const nowMs = clock.nowMs();
      const seen = measureThroughput(meter, {
        nowMs,
        sentBytes: receivedBytes,
        sizeBytes: totalBytes ?? receivedBytes,
      });
      meter = seen.meter;
      const { bytesPerSecond } = seen.progress;
      show(
        download.jobId,
        viewOf(download, {
          state: 'running',
          receivedBytes,
          sizeBytes: totalBytes,
          bytesPerSecond,
          problem: null,
        }),
      );
    };
  }

  /** The link as the service gives it now, in place of one that is over. */
  async function freshLink(job: Job, over: ServiceError, signal: AbortSignal): Promise<string> {
    const connection = deps.connection(job.accountId);
    if (!connection) throw new ServiceError('key-missing');
    const { observations } = await connection.read(job, signal);
    const seen = observations.find(
      ({ kind, remoteId }) => idOfJob(job.accountId, kind, remoteId) === job.id,
    );
    if (!seen?.resultUrl) throw over;
    deps.watcher.adopt(job.accountId, observations);
    return seen.resultUrl;
  }

  async function fetch(download: Download, signal: AbortSignal) {
    const { jobId, folder } = download;
    const job = deps.job(jobId);
    if (!job?.resultUrl) throw new ServiceError('not-found');
    await mkdir(folder, { recursive: true }).catch(() => {});
    const save = (url: string) =>
      resumableDownload(
        { client: deps.client, nowMs: clock.nowMs, random: deps.random, wait },
        {
          id: jobId,
          url,
          folder,
          title: deps.titleOf(jobId),
          onProgress: progressOf(download),
          signal,
        },
      );
    try {
      return await save(job.resultUrl);
    } catch (error) {
      if (!(error instanceof ServiceError) || error.problem !== 'not-found') throw error;
      return save(await freshLink(job, error, signal));
    }
  }

  /** Every end of a try but the good one. */
  async function settle(download: Download, error: unknown, discarded: boolean): Promise<void> {
    const { jobId, folder } = download;
    if (discarded) {
      await discardDraft({ id: jobId, folder });
      store.remove(jobId);
      show(jobId, null);
      return;
    }
    // Its row says that it is under way: the next start goes on.
    if (closed) return;
    const known = error instanceof ServiceError || error instanceof FolderError;
    if (!known) logger.error('download failed', { reason: reason(error) });
    const problem = known ? error.problem : ('disk-failed' as const);
    if (waits(error)) {
      show(jobId, viewOf(download, { state: 'paused', problem }));
      cancelRetry ??= clock.after(RETRY_MS, goOn);
      return;
    }
    logger.warn('download stopped', { job: jobId, problem });
    const failed: Download = { ...download, state: 'failed', problem };
    store.save(failed);
    show(jobId, viewOf(failed));
  }

  async function run(download: Download, self: Pick<Running, 'controller'>): Promise<void> {
    const { jobId } = download;
    show(jobId, viewOf(download, { state: 'running', problem: null }));
    try {
      const saved = await fetch(download, self.controller.signal);
      const { path, sizeBytes, sha256Hex } = saved;
      const done: Download = { ...download, state: 'done', path, sizeBytes, sha256Hex };
      store.save(done);
      show(jobId, viewOf(done));
      logger.info('download done', { job: jobId, sizeBytes });
    } catch (error) {
      await settle(download, error, running.get(jobId)?.discarded ?? false);
    } finally {
      running.delete(jobId);
      pump();
    }
  }

  function pump(): void {
    while (!closed && running.size < MOST_AT_ONCE) {
      const jobId = waiting.shift();
      if (jobId === undefined) return;
      const download = store.get(jobId);
      if (download?.state !== 'under-way' || running.has(jobId)) continue;
      const self: Running = {
        controller: new AbortController(),
        discarded: false,
        ended: Promise.resolve(),
      };
      running.set(jobId, self);
      self.ended = run(download, self).catch((error) =>
        logger.error('download not settled', { job: jobId, reason: reason(error) }),
      );
    }
  }

  /** What waits is tried now: at the start, when an account has started, when the network is back. */
  function goOn(): void {
    cancelRetry?.();
    cancelRetry = null;
    if (closed) return;
    const known = new Set([...waiting, ...running.keys()]);
    const underWay = store.recent(0).filter(({ jobId }) => !known.has(jobId));
    waiting = [...waiting, ...underWay.map(({ jobId }) => jobId)];
    pump();
  }

  async function cancel(jobId: string): Promise<void> {
    waiting = waiting.filter((id) => id !== jobId);
    const download = store.get(jobId);
    if (!download) return;
    const self = running.get(jobId);
    if (self) {
      self.discarded = true;
      self.controller.abort();
      await self.ended;
    } else if (download.state !== 'done') await settle(download, null, true);
  }

  const handlers = {
    'result.download'({ jobId }) {
      if (!deps.job(jobId)?.resultUrl) return { started: false };
      const before = store.get(jobId);
      if (before?.state !== 'under-way') {
        const download: Download = {
          jobId,
          state: 'under-way',
          // What is there of a failed one is gone on with.
          folder: before?.folder ?? deps.folder(),
          path: null,
          sizeBytes: null,
          sha256Hex: null,
          problem: null,
          begunAtMs: clock.nowMs(),
        };
        store.save(download);
        show(jobId, viewOf(download));
      }
      goOn();
      return { started: true };
    },
    async 'result.cancelDownload'({ jobId }) {
      await cancel(jobId);
      return null;
    },
    async 'result.showFile'({ jobId }) {
      const path = store.get(jobId)?.path ?? null;
      if (path === null) return { shown: false };
      const isThere = await access(path).then(
        () => true,
        () => false,
      );
      if (isThere) deps.showFile(path);
      else {
        // Moved or deleted by the user: it can be downloaded again.
        store.remove(jobId);
        show(jobId, null);
      }
      return { shown: isThere };
    },
  } satisfies Partial<Handlers>;

  return {
    handlers,
    goOn,
    /** Shows windows what is kept, and goes on with what was under way. */
    start(): void {
      for (const download of store.recent(MOST_SHOWN)) show(download.jobId, viewOf(download));
      goOn();
    },
    /** Ends and forgets those of an account that is removed. Whole files stay. */
    async cancelOf(accountId: string): Promise<void> {
      const own = store
        .recent(MOST_SHOWN)
        .filter(({ jobId }) => deps.job(jobId)?.accountId === accountId);
      await Promise.all(own.map(({ jobId }) => cancel(jobId)));
      for (const { jobId } of own) show(jobId, null);
    },
    resetConnections: deps.client.resetConnections,
    /** Breaks off what is under way; it goes on at the next start. */
    async close(): Promise<void> {
      closed = true;
      cancelRetry?.();
      const all = [...running.values()];
      for (const { controller } of all) controller.abort();
      await Promise.all(all.map(({ ended }) => ended));
      await deps.client.close();
    },
  };
}
