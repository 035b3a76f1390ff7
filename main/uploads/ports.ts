import type { UploadRemote } from '../domain/service';
import type { SentPart, Upload, UploadProgress } from '../domain/upload';

/** Fields of an upload that may change after it was added. */
export type UploadChanges = Partial<Omit<Upload, 'id' | 'accountId' | 'path' | 'addedAtMs'>>;

/**
 * Where uploads are kept. Every call is synchronous and is one committed transaction when it
 * returns; a call that throws has changed nothing.
 */
export interface UploadStore {
  /** All uploads, ended ones too, in the order they were inserted: the order of the queue. */
  list(): Upload[];
  get(id: string): Upload | null;
  insert(upload: Upload): void;
  /** Writes the fields that are given and leaves the others. An unknown id is ignored. */
  update(id: string, changes: UploadChanges): void;
  /**
   * Keeps a part the storage host has confirmed; replaces an earlier one of the same number. The
   * part counts as sent only after this has returned.
   */
  recordPart(id: string, part: SentPart): void;
  /** The recorded parts of an upload, by ascending part number. */
  parts(id: string): SentPart[];
  /** Like `update`, and forgets all recorded parts, in one transaction. */
  startOver(id: string, changes: UploadChanges): void;
}

/** One PUT of one part to its presigned URL. */
export interface PartRequest {
  /** Secret: it is an authorisation. It must reach no log and no error. */
  url: string;
  /**
   * Exactly `lengthBytes` in slices. A slice is lent: once 256 KiB more have been pulled its bytes
   * are overwritten. So no sender may gather slices up; the few that a stream holds are allowed for.
   */
  body: AsyncIterable<Uint8Array>;
  /** For the Content-Length header, without which S3 refuses a streamed body. */
  lengthBytes: number;
  signal: AbortSignal;
}

/** What the storage host answered, whatever the status. */
export interface PartAnswer {
  status: number;
  /** The ETag header exactly as received, quotes included. */
  etag: string | null;
  /** S3's code of an error, such as `NoSuchUpload`. */
  code: string | null;
  /** Earliest time for another try, from Retry-After. */
  retryAtMs: number | null;
}

/**
 * Sends parts. Throws ServiceError when no answer came; an error of the body passes through. An
 * aborted call ends as `cancelled`.
 */
export interface PartSender {
  putPart(request: PartRequest): Promise<PartAnswer>;
}

/** Time, so that tests can drive it. */
export interface UploadClock {
  /** Wall clock, milliseconds since 1970. */
  now(): number;
  /** Resolves after the delay, or at once when the signal is aborted. Never rejects. */
  delay(delayMs: number, signal?: AbortSignal): Promise<void>;
}

/** Told what happens in the queue. Its methods must not throw. */
export interface UploadListener {
  /** Something stored of this upload has changed: read it again. */
  changed(uploadId: string): void;
  /** New live figures; at most 4 times a second for each upload. */
  progressed(uploadId: string, progress: UploadProgress): void;
  /** A line for the log, in English. Never holds a URL, a path or a key. */
  log(uploadId: string, text: string): void;
}

/** Everything the queue needs from outside. */
export interface UploadPorts {
  store: UploadStore;
  sender: PartSender;
  /** The upload side of an account's service; null when the account is gone or takes no uploads. */
  remoteFor(accountId: string): UploadRemote | null;
  clock: UploadClock;
  /** Uniform in [0, 1). */
  random(): number;
  listener: UploadListener;
}
