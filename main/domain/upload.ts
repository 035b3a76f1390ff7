import type { ServiceProblem } from './service-error';

/**
 * `queued` waits for its turn, `sending` covers init to the last part, `finishing` is the completion
 * call, `sent` means the service has the file and the clip takes over.
 */
export type UploadState =
  | 'queued'
  | 'sending'
  | 'finishing'
  | 'sent'
  | 'paused'
  | 'failed'
  | 'cancelled';

/** Why a file cannot go up; the first group concerns the file itself. */
export type UploadProblem =
  | 'file-missing'
  | 'file-unreadable'
  | 'file-empty'
  | 'file-not-video'
  | 'file-too-large'
  | 'file-changed'
  | 'file-already-added'
  | 'no-account'
  | 'no-brand'
  | 'storage-refused'
  | ServiceProblem;

/** What the service handed out for one multipart upload. */
export interface RemoteUpload {
  clipId: string;
  uploadId: string;
  key: string;
}

/** A local file on its way to becoming a clip. Everything needed to go on after a crash. */
export interface Upload {
  id: string;
  accountId: string;
  brandId: string;
  path: string;
  fileName: string;
  mimeType: string;
  sizeBytes: number;
  modifiedAtMs: number;
  partSizeBytes: number;
  remote: RemoteUpload | null;
  /** The clip it is or was to become; stays when `remote` is given up. */
  clipId: string | null;
  state: UploadState;
  problem: UploadProblem | null;
  /** The service's own words on the problem. */
  remoteText: string | null;
  addedAtMs: number;
  endedAtMs: number | null;
}

/** A part the storage host has, with the ETag exactly as received, quotes included. */
export interface SentPart {
  partNumber: number;
  sizeBytes: number;
  etag: string;
}

/** Live figures of an upload; not stored. */
export interface UploadProgress {
  sentBytes: number;
  /** Null until there is ground for a figure. */
  bytesPerSecond: number | null;
  timeLeftMs: number | null;
}

/** Whether the queue still has to do something for it. */
export function isUnfinished(state: UploadState): boolean {
  return state === 'queued' || state === 'sending' || state === 'finishing';
}
