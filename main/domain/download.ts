import type { ServiceProblem } from './service-error';

/** A result that is to be on this machine, as it is kept over a restart. */
export interface Download {
  jobId: string;
  /** `under-way` includes what waits: it goes on by itself, also after a restart. */
  state: 'under-way' | 'done' | 'failed';
  /** Where its pieces are, and the file once it is whole. */
  folder: string;
  /** Null until it is whole. */
  path: string | null;
  sizeBytes: number | null;
  sha256Hex: string | null;
  problem: ServiceProblem | FolderProblem | null;
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

export type FolderProblem = 'folder-missing' | 'folder-closed' | 'disk-full' | 'disk-failed';

/** The file could not be written; what the service did is told by a ServiceError instead. */
export class FolderError extends Error {
  readonly problem: FolderProblem;

  constructor(problem: FolderProblem) {
    super(problem);
    this.name = 'FolderError';
    this.problem = problem;
  }
}
