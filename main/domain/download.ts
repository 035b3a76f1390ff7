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
