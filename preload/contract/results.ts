import type { FolderProblem } from '../../main/domain/download';
import type { ServiceProblem } from '../../main/domain/service-error';
import { job } from './primitives';
import { takes } from './verb';

/** A result that is being downloaded, or was. */
export interface DownloadView {
  jobId: string;
  /** `paused` resumes by itself: it waits for its turn, or until the host answers again. */
  state: 'running' | 'paused' | 'done' | 'failed';
  /** Null until the file has its name. */
  fileName: string | null;
  receivedBytes: number;
  /** Null until the storage host says it. */
  sizeBytes: number | null;
  bytesPerSecond: number | null;
  sha256Hex: string | null;
  problem: ServiceProblem | FolderProblem | null;
}

/** The verbs about the result of a job. */
export const resultVerbs = {
  /** Opens the result's link in the browser, and marks the job as seen. */
  'result.open': takes(job).returns<{ opened: boolean }>(),
  'result.copyLink': takes(job).returns<{ copied: boolean }>(),
  'result.download': takes(job).returns<{ started: boolean }>(),
  'result.cancelDownload': takes(job).returns<null>(),
  /** Shows the downloaded file in the system's file manager. */
  'result.showFile': takes(job).returns<{ shown: boolean }>(),
};
