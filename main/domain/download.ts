import { SERVICE_PROBLEMS, type ServiceProblem } from './service-error';

export const DOWNLOAD_STATES = ['under-way', 'done', 'failed'] as const;

const FOLDER_PROBLEMS = ['folder-missing', 'folder-closed', 'disk-full', 'disk-failed'] as const;

export type FolderProblem = (typeof FOLDER_PROBLEMS)[number];

export const DOWNLOAD_PROBLEMS = [...SERVICE_PROBLEMS, ...FOLDER_PROBLEMS] as const;

/** A result that is to be on this machine, as it is kept over a restart. */
export interface Download {
  jobId: string;
  /** `under-way` includes what waits: it goes on by itself, also after a restart. */
  state: (typeof DOWNLOAD_STATES)[number];
  /** Where its pieces are, and the file once it is whole. */
  folder: string;
  /** Null until it is whole. */
  path: string | null;
  sizeBytes: number | null;
  sha256Hex: string | null;
  problem: (typeof DOWNLOAD_PROBLEMS)[number] | null;
  begunAtMs: number;
}

/** What is happening to a download, beyond what is stored; forgotten at quit. */
export interface DownloadActivity {
  /** `paused` goes on by itself: it waits for its turn, or for a host that does not answer. */
  state: 'running' | 'paused';
  receivedBytes: number;
  /** Null while the host does not tell. */
  sizeBytes: number | null;
  bytesPerSecond: number | null;
  problem: ServiceProblem | null;
}

/** How far a result has come. */
export interface DownloadProgress {
  receivedBytes: number;
  /** Null where the host does not tell. */
  totalBytes: number | null;
}

/** A result on this machine. */
export interface Downloaded {
  path: string;
  sizeBytes: number;
  /** Lower-case hex, worked out while it was written. */
  sha256Hex: string;
}

/** The file could not be written; what the service did is told by a ServiceError instead. */
export class FolderError extends Error {
  readonly problem: FolderProblem;

  constructor(problem: FolderProblem) {
    super(problem);
    this.name = 'FolderError';
    this.problem = problem;
  }
}
