import type { UploadProblem } from '../domain/upload';

/** Why an upload, or a step of it, cannot continue. The message is the problem and nothing else. */
export class UploadFailure extends Error {
  readonly problem: UploadProblem;
  /** The service's own words, for display only. */
  readonly remoteText: string | null;
  readonly retryAtMs: number | null;

  constructor(
    problem: UploadProblem,
    options: { remoteText?: string | null; retryAtMs?: number | null } = {},
  ) {
    super(problem);
    this.name = 'UploadFailure';
    this.problem = problem;
    this.remoteText = options.remoteText ?? null;
    this.retryAtMs = options.retryAtMs ?? null;
  }
}

/** The transfer was asked to stop. What is stored stays as it is. */
export class Stopped extends Error {
  constructor() {
    super('stopped');
    this.name = 'Stopped';
  }
}

/** Throws Stopped once the signal is aborted. */
export function throwIfStopped(stop: AbortSignal): void {
  if (stop.aborted) throw new Stopped();
}

const START_OVER_AFTER: UploadProblem[] = [
  'storage-refused',
  'expired',
  'not-found',
  'conflict',
  'rejected',
];

/**
 * Whether this problem makes the sent parts useless, so that a retry begins with a new multipart upload,
 * and with the file as it is then.
 */
export function startsOver(problem: UploadProblem): boolean {
  return START_OVER_AFTER.includes(problem);
}

/** What a file system error means for the upload. */
export function fileFailure(error: unknown): UploadFailure {
  if (error instanceof UploadFailure) return error;
  switch ((error as NodeJS.ErrnoException | null)?.code) {
    case 'ENOENT':
    case 'ENOTDIR':
    // The next ones come from a drive that was unplugged while it was read.
    case 'ENODEV':
    case 'ENXIO':
    case 'ESTALE':
    case 'EIO':
    // And these from a network drive whose connection is gone.
    case 'ENOTCONN':
    case 'EHOSTDOWN':
    case 'EHOSTUNREACH':
    case 'ETIMEDOUT':
      return new UploadFailure('file-missing');
    case 'EISDIR':
      return new UploadFailure('file-not-video');
    default:
      return new UploadFailure('file-unreadable');
  }
}
