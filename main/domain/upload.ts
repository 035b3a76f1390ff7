import { SERVICE_PROBLEMS } from './service-error';

export const UPLOAD_STATES = [
  'queued',
  'sending',
  'finishing',
  'sent',
  'paused',
  'failed',
  'cancelled',
] as const;

/**
 * `queued` waits for its turn, `sending` covers init to the last part, `finishing` is the completion
 * call, `sent` means the service has the file and the clip takes over.
 */
export type UploadState = (typeof UPLOAD_STATES)[number];

export const UPLOAD_PROBLEMS = [
  'file-missing',
  'file-unreadable',
  'file-empty',
  'file-not-video',
  'file-too-large',
  'file-changed',
  'file-already-added',
  'folder-without-videos',
  'folder-too-large', // more files than are taken at once, or folders nested too deeply
  'no-account',
  'no-brand',
  'storage-refused',
  'expired', // not sent for so long that the service was told to discard what it had
  ...SERVICE_PROBLEMS,
] as const;

/** Why a file cannot go up; the first group concerns the file itself. */
export type UploadProblem = (typeof UPLOAD_PROBLEMS)[number];

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
  /** Since when it is paused or failed; null while the queue works on it and after its end. */
  restsSinceMs: number | null;
  /** Lower-case hex SHA-256 of the whole file; null until it has been worked out. */
  sha256Hex: string | null;
}

/** Fields of an upload that may change after it was added. */
export type UploadChanges = Partial<Omit<Upload, 'id' | 'accountId' | 'path' | 'addedAtMs'>>;

/** Why an upload failed; `restsSinceMs` stays as it is unless given. */
export type FailedUpload = Pick<Upload, 'problem' | 'remoteText'> &
  Partial<Pick<Upload, 'restsSinceMs'>>;

/**
 * Paused and failed uploads are kept for so long: then the service is told to discard the parts it
 * holds, since storage of parts that nobody completes is paid for.
 */
export const KEPT_MS = 14 * 24 * 60 * 60_000;

/**
 * When the service is told to discard what it holds of a resting upload; null for one that does not
 * rest, that was given up already, or of which the service holds nothing.
 */
export function keptUntilMs(
  upload: Pick<Upload, 'state' | 'problem' | 'remote' | 'restsSinceMs'>,
): number | null {
  const { state, problem, remote, restsSinceMs } = upload;
  const rests = (state === 'paused' || state === 'failed') && problem !== 'expired';
  return rests && remote !== null && restsSinceMs !== null ? restsSinceMs + KEPT_MS : null;
}

/** Where to put an upload in the queue. */
export type QueueMove = 'first' | 'earlier' | 'later' | 'last';

/** A part the storage host has, with the ETag exactly as received, quotes included. */
export interface SentPart {
  partNumber: number;
  sizeBytes: number;
  etag: string;
}

/** How a part got there, for the upload's log. */
export interface PartFacts {
  sentAtMs: number;
  /** From the first byte of the try that got through to its answer. */
  tookMs: number;
  /** PUTs it took, that one included. */
  tries: number;
  /** Lower-case hex. */
  md5Hex: string;
}

/** Steps of which there is nothing more to say. */
export const PLAIN_UPLOAD_EVENTS = [
  'added',
  'paused',
  'resumed',
  'retried',
  'started-over',
  'cancelled',
  'given-up',
  'expired',
  'sent',
] as const;

export const UPLOAD_STEPS = [
  'opening',
  'signing',
  'part',
  'completing',
  'giving-up',
  'file',
] as const;

/** Which call of an upload an event is about. */
export type UploadStep = (typeof UPLOAD_STEPS)[number];

/** A step of an upload's life, for its log. Holds no URL, no path and no key. */
export type UploadEvent =
  | { kind: (typeof PLAIN_UPLOAD_EVENTS)[number] }
  /** The service has given it an id; nothing is sent before that. */
  | { kind: 'opened'; partSizeBytes: number; partCount: number }
  /** Work on it begins or goes on, with so many parts still to be sent. */
  | { kind: 'started'; missingParts: number }
  | {
      kind: 'waited';
      step: UploadStep;
      partNumber: number | null;
      problem: UploadProblem;
      waitMs: number;
    }
  | { kind: 'signed-again'; partNumber: number }
  | { kind: 'completing'; partCount: number }
  | { kind: 'checksum'; sha256Hex: string }
  | { kind: 'failed'; problem: UploadProblem };

/** Live figures of an upload; not stored. */
export interface UploadProgress {
  sentBytes: number;
  /** Null until there is ground for a figure. */
  bytesPerSecond: number | null;
  timeLeftMs: number | null;
}

/** Bytes of an upload that are sent, by its record and its live figures. */
export function sentBytesOf(
  { state, sizeBytes }: Pick<Upload, 'state' | 'sizeBytes'>,
  progress: UploadProgress | undefined,
): number {
  return state === 'sent' ? sizeBytes : Math.min(sizeBytes, progress?.sentBytes ?? 0);
}

/** Whether the queue still has to do something for it. */
export function isUnfinished(state: UploadState): boolean {
  return state === 'queued' || state === 'sending' || state === 'finishing';
}

/** The log of one upload: what happened, and how its parts got there. */
export interface UploadLog {
  fileName: string;
  sizeBytes: number;
  partSizeBytes: number;
  partCount: number;
  sha256Hex: string | null;
  events: { atMs: number; event: UploadEvent }[];
  parts: ({ partNumber: number; sizeBytes: number } & PartFacts)[];
}
