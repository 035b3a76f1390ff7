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
 * `queued` waits for its turn, `sending` lasts from the init call to the last part, `finishing` is
 * the completion call, and `sent` means that the service has the file and the clip takes over.
 */
export type UploadState = (typeof UPLOAD_STATES)[number];

export const UPLOAD_PROBLEMS = [
  'file-missing',
  'file-unreadable',
  'file-empty',
  'file-not-video',
  'file-kind-not-taken', // a video, but of a kind that the service does not take
  'file-name-unreadable', // its name is not text, so nothing can be opened by it
  'file-too-large',
  'file-changed',
  'file-being-written', // it waits until the file is finished
  'file-changed-since', // after it was sent: the user can send it again
  'file-already-added',
  'folder-without-videos',
  'folder-too-large', // more files than are looked through
  'folder-too-deep', // nested too deeply to be looked through
  'folder-too-many-videos', // more than are taken at once
  'no-account',
  'no-brand',
  'storage-refused',
  'completion-unconfirmed', // the service took the completion, but its clip stays at `uploading`
  'expired', // paused or failed for so long that the service was told to discard what it had
  ...SERVICE_PROBLEMS,
] as const;

/** Why a file cannot be uploaded; the first group concerns the file itself. */
export type UploadProblem = (typeof UPLOAD_PROBLEMS)[number];

/** What the service handed out for one multipart upload. */
export interface RemoteUpload {
  clipId: string;
  uploadId: string;
  key: string;
}

/** A local file on its way to becoming a clip: everything needed to continue after a crash. */
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
  /** The clip it becomes, or was to become; stays when `remote` is discarded. */
  clipId: string | null;
  state: UploadState;
  problem: UploadProblem | null;
  /** The service's own words on the problem. */
  remoteText: string | null;
  addedAtMs: number;
  endedAtMs: number | null;
  /** Since when it has been paused or failed; null while the queue works on it and after its end. */
  restsSinceMs: number | null;
  /** Lower-case hex SHA-256 of the whole file; null until it has been computed. */
  sha256Hex: string | null;
}

/** The fields of an upload that may change after it was added. */
export type UploadChanges = Partial<Omit<Upload, 'id' | 'accountId' | 'path' | 'addedAtMs'>>;

/** Why an upload failed; `restsSinceMs` stays as it is unless it is given. */
export type FailedUpload = Pick<Upload, 'problem' | 'remoteText'> &
  Partial<Pick<Upload, 'restsSinceMs'>>;

/**
 * How long paused and failed uploads are kept. Then the service is told to discard the parts it
 * holds: the storage of parts that nobody completes has to be paid for.
 */
export const KEPT_MS = 14 * 24 * 60 * 60_000;

/**
 * When the service will be told to discard what it holds of a paused or failed upload. Null for other
 * uploads, for those already discarded, and when the service holds nothing.
 */
export function keptUntilMs(
  upload: Pick<Upload, 'state' | 'problem' | 'remote' | 'restsSinceMs'>,
): number | null {
  const { state, problem, remote, restsSinceMs } = upload;
  const rests = (state === 'paused' || state === 'failed') && problem !== 'expired';
  return rests && remote !== null && restsSinceMs !== null ? restsSinceMs + KEPT_MS : null;
}

/** Where to move an upload in the queue. */
export type QueueMove = 'first' | 'earlier' | 'later' | 'last';

/** A part that the storage host has, with its ETag exactly as received, quotes included. */
export interface SentPart {
  partNumber: number;
  sizeBytes: number;
  etag: string;
}

/** How a part was sent, for the upload's log. */
export interface PartFacts {
  sentAtMs: number;
  /** Of the attempt that succeeded, from its start to the answer. */
  tookMs: number;
  /** How many PUTs it took, that one included. */
  tries: number;
  /** Lower-case hex. */
  md5Hex: string;
}

/** Steps without further details. */
export const PLAIN_UPLOAD_EVENTS = [
  'added',
  'paused',
  'resumed',
  'retried',
  'started-over',
  'cancelled',
  'given-up',
  'expired',
  'grown',
  'sent',
  'changed-since',
] as const;

export const UPLOAD_STEPS = [
  'opening',
  'signing',
  'part',
  'completing',
  'giving-up',
  'file',
] as const;

/** Which step of an upload an event is about. The log that is stored has these words. */
export type UploadStep = (typeof UPLOAD_STEPS)[number];

/** A step in an upload's life, for its log. Contains no URL, no path and no key. */
export type UploadEvent =
  | { kind: (typeof PLAIN_UPLOAD_EVENTS)[number] }
  /** The service has given it an id; nothing can be sent before that. */
  | { kind: 'opened'; partSizeBytes: number; partCount: number }
  /** Work on it begins or continues, with this many parts still to be sent. */
  | { kind: 'started'; missingParts: number }
  | {
      kind: 'waited';
      step: UploadStep;
      partNumber: number | null;
      problem: UploadProblem;
      waitMs: number;
    }
  | { kind: 'signed-again'; partNumber: number }
  /** The file's time was another one, so its parts were compared with those sent. */
  | { kind: 'compared'; keptParts: number; changedParts: number }
  | { kind: 'completing'; partCount: number }
  | { kind: 'checksum'; sha256Hex: string }
  | { kind: 'failed'; problem: UploadProblem };

/** Live figures of an upload; not stored. */
export interface UploadProgress {
  sentBytes: number;
  /** Null until enough has been measured. */
  bytesPerSecond: number | null;
  timeLeftMs: number | null;
}

/** How many bytes of an upload have been sent, by its record and its live figures. */
export function sentBytesOf(
  { state, sizeBytes }: Pick<Upload, 'state' | 'sizeBytes'>,
  progress: UploadProgress | undefined,
): number {
  return state === 'sent' ? sizeBytes : Math.min(sizeBytes, progress?.sentBytes ?? 0);
}

/** Whether the queue still has to work on it. */
export function isUnfinished(state: UploadState): boolean {
  return state === 'queued' || state === 'sending' || state === 'finishing';
}

/** The log of one upload: what happened, and how its parts were sent. */
export interface UploadLog {
  fileName: string;
  sizeBytes: number;
  partSizeBytes: number;
  partCount: number;
  sha256Hex: string | null;
  events: { atMs: number; event: UploadEvent }[];
  parts: ({ partNumber: number; sizeBytes: number } & PartFacts)[];
}

/** A file that was not added, and why. */
export interface RefusedFile {
  fileName: string;
  problem: UploadProblem;
}

/** What became of dropped, pasted or chosen files and folders. */
export interface AddUploadsOutcome {
  addedCount: number;
  refused: RefusedFile[];
  /** Files in folders that are not videos: skipped without naming each. */
  skippedCount: number;
}
