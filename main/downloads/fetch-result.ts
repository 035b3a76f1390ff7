import { mkdir } from 'node:fs/promises';
import type { ClipLine } from '../domain/clip-line';
import type { Clock } from '../domain/clock';
import { delay } from '../domain/delay';
import type {
  DownloadActivity,
  DownloadClient,
  DownloadedFile,
  DownloadProgress,
} from '../domain/download';
import { jobId as idOfJob, type Job, type JobObservation } from '../domain/job';
import type { ServiceConnection } from '../domain/service';
import { ServiceError } from '../domain/service-error';
import { EMPTY_METER, measureThroughput } from '../domain/throughput';
import { resultTitle } from './result-title';
import { resumableDownload } from './resumable-download';

export interface FetchResultDeps {
  client: Pick<DownloadClient, 'open'>;
  job: (jobId: string) => Job | null;
  /** The line that shows the job: the file is named after it. */
  lineOf: (jobId: string) => ClipLine | null;
  connection: (accountId: string) => ServiceConnection | null;
  polling: {
    /** Takes over what the service said when it was asked for a fresh link. */
    adopt(accountId: string, observations: JobObservation[]): void;
  };
  clock: Clock;
  /** Uniform in [0, 1). */
  random: () => number;
}

interface ResultRequest {
  jobId: string;
  /** Created if it does not exist. */
  folder: string;
  /** Called at most four times a second. */
  onActivity: (activity: DownloadActivity) => void;
  signal: AbortSignal;
}

/** Turns progress into activity, which includes the speed. */
function withSpeed(clock: Clock, onActivity: (activity: DownloadActivity) => void) {
  let meter = EMPTY_METER;
  return ({ receivedBytes, totalBytes }: DownloadProgress): void => {
    const seen = measureThroughput(meter, {
      nowMs: clock.nowMs(),
      sentBytes: receivedBytes,
      sizeBytes: totalBytes ?? receivedBytes,
    });
    meter = seen.meter;
    onActivity({
      state: 'running',
      receivedBytes,
      sizeBytes: totalBytes,
      bytesPerSecond: seen.progress.bytesPerSecond,
      problem: null,
    });
  };
}

/** Asks the service for the result's current link, since the stored one has expired. */
async function freshLink(
  deps: FetchResultDeps,
  job: Job,
  expired: ServiceError,
  signal: AbortSignal,
): Promise<string> {
  const connection = deps.connection(job.accountId);
  if (!connection) throw new ServiceError('key-missing');
  const { observations } = await connection.read(job, signal);
  const seen = observations.find(
    ({ kind, remoteId }) => idOfJob(job.accountId, kind, remoteId) === job.id,
  );
  if (!seen?.resultUrl) throw expired;
  deps.polling.adopt(job.accountId, observations);
  return seen.resultUrl;
}

/**
 * Downloads the result of a job. When its link has expired, the service is asked once for a fresh one.
 * Throws ServiceError or FolderError, as `resumableDownload` does.
 */
export async function fetchResult(
  deps: FetchResultDeps,
  { jobId, folder, onActivity, signal }: ResultRequest,
): Promise<DownloadedFile> {
  const { client, clock, random } = deps;
  const job = deps.job(jobId);
  if (!job?.resultUrl) throw new ServiceError('not-found');
  await mkdir(folder, { recursive: true }).catch(() => {});
  const wait = (delayMs: number, until: AbortSignal) => delay(clock, delayMs, until);
  const save = (url: string) =>
    resumableDownload(
      { client, nowMs: clock.nowMs, random, wait },
      {
        id: jobId,
        url,
        folder,
        title: resultTitle(deps.lineOf(jobId), jobId),
        onProgress: withSpeed(clock, onActivity),
        signal,
      },
    );
  try {
    return await save(job.resultUrl);
  } catch (error) {
    if (!(error instanceof ServiceError) || error.problem !== 'not-found') throw error;
    return save(await freshLink(deps, job, error, signal));
  }
}
