import { SERVICE_PROBLEMS, type ServiceProblem } from './service-error';

export const DOWNLOAD_STATES = ['under-way', 'done', 'failed'] as const;

const FOLDER_PROBLEMS = ['folder-missing', 'folder-closed', 'disk-full', 'disk-failed'] as const;

export type FolderProblem = (typeof FOLDER_PROBLEMS)[number];

export const DOWNLOAD_PROBLEMS = [...SERVICE_PROBLEMS, ...FOLDER_PROBLEMS] as const;

/** A result that the user wants on this machine, as it is stored. */
export interface Download {
  jobId: string;
  /** `under-way` includes a waiting download: it continues by itself, even after a restart. */
  state: (typeof DOWNLOAD_STATES)[number];
  /** Folder of the file, and of its partial files until it is complete. */
  folder: string;
  /** The file; null until it is complete. */
  path: string | null;
  sizeBytes: number | null;
  sha256Hex: string | null;
  problem: (typeof DOWNLOAD_PROBLEMS)[number] | null;
  begunAtMs: number;
}

/** What is happening to a download, beyond what is stored; lost at quit. */
export interface DownloadActivity {
  /** `paused` continues by itself: it waits for its turn, or for a host that does not answer. */
  state: 'running' | 'paused';
  receivedBytes: number;
  /** Null as long as the host does not say. */
  sizeBytes: number | null;
  bytesPerSecond: number | null;
  problem: ServiceProblem | null;
}

/** How much of a file has arrived. */
export interface DownloadProgress {
  receivedBytes: number;
  /** Null where the host does not say. */
  totalBytes: number | null;
}

/** A complete file on this machine. */
export interface DownloadedFile {
  path: string;
  sizeBytes: number;
  /** Lower-case hex, computed while the file was written. */
  sha256Hex: string;
}

/** Where to resume a download: how many bytes have arrived, and of which version of the file. */
export interface ResumePoint {
  fromByte: number;
  /** The host's validator of that version: sent as If-Range, so that two versions are never mixed. */
  validator: string;
}

/** The host's response with a whole file, or the rest of one. */
export interface DownloadResponse {
  /** Offset of the body's first byte: 0 unless the host agreed to resume. */
  fromByte: number;
  /** Size of the whole file, or null where the host does not say. */
  totalBytes: number | null;
  /** Strong ETag, else Last-Modified; null where the host names no version. */
  validator: string | null;
  /** Content-Disposition as it was sent. */
  disposition: string | null;
  /** Throws ServiceError `unreachable` or `timed-out` when it breaks off. */
  body: AsyncIterable<Uint8Array>;
}

/** The HTTP client of the hosts that keep results. It never has a key. */
export interface DownloadClient {
  /** Requests a file, starting at `resume` if the host agrees. Throws ServiceError. */
  open(url: string, resume: ResumePoint | null, signal: AbortSignal): Promise<DownloadResponse>;
  /** Drops every socket; downloads under way end as `unreachable`. */
  resetConnections(): void;
  close(): Promise<void>;
}

/** The file could not be written. Problems at the host are ServiceErrors instead. */
export class FolderError extends Error {
  readonly problem: FolderProblem;

  constructor(problem: FolderProblem) {
    super(problem);
    this.name = 'FolderError';
    this.problem = problem;
  }
}
