import type { UploadRemote } from '../domain/service';
import type {
  FailedUpload,
  PartFacts,
  QueueMove,
  SentPart,
  Upload,
  UploadChanges,
  UploadEvent,
  UploadProgress,
} from '../domain/upload';

/** A part the storage host has confirmed, and how it got there. */
export interface ArrivedPart {
  part: SentPart;
  facts: PartFacts;
}

/** What the queue needs to know to choose what it begins next. */
export type UnfinishedUpload = Pick<Upload, 'id' | 'accountId' | 'problem'>;

/**
 * Where uploads are kept. Every call is synchronous and is one committed transaction when it
 * returns; a call that throws has changed nothing.
 */
export interface UploadStore {
  /** All uploads, ended ones too, in the order of the queue. */
  list(): Upload[];
  /** Those the queue still has to work on, in its order. It asks often, so this has to be quick. */
  unfinished(): UnfinishedUpload[];
  /** All uploads of the file at this path, ended ones too. */
  ofPath(path: string): Upload[];
  get(id: string): Upload | null;
  /** Puts it at the end of the queue. */
  insert(upload: Upload): void;
  /** Writes the fields that are given and leaves the others. An unknown id is ignored. */
  update(id: string, changes: UploadChanges): void;
  /**
   * Ends it as failed at that time, and sees to it that the user is told, whatever happens to the
   * app from then on. An unknown id is ignored.
   */
  fail(id: string, how: FailedUpload, atMs: number): void;
  /** Changes its place among the uploads that have not ended. */
  move(id: string, to: QueueMove): void;
  /**
   * Keeps parts the storage host has confirmed; replaces earlier ones of the same numbers. They
   * count as sent only after this has returned.
   */
  recordParts(id: string, parts: ArrivedPart[]): void;
  /** The recorded parts of an upload, by ascending part number. */
  parts(id: string): SentPart[];
  /** Like `update`, and forgets all recorded parts, in one transaction. */
  startOver(id: string, changes: UploadChanges): void;
  /** Adds to the upload's log. */
  addEvent(id: string, atMs: number, event: UploadEvent): void;
  /** Makes one transaction of all the calls within: thousands of commits would take seconds. */
  together<T>(calls: () => T): T;
}

/** One PUT of one part of an open file to its presigned URL. */
export interface PartRequest {
  /** Secret: it is an authorisation. It must reach no log and no error. */
  url: string;
  /** Descriptor of the open file; it stays open until the call has settled. */
  fd: number;
  offsetBytes: number;
  sizeBytes: number;
  /** Lower-case hex MD5 to send as Content-MD5, or null to send none. */
  md5Hex: string | null;
  signal: AbortSignal;
  /** Called with all bytes of this try that have left so far, a few times a second. */
  onMoved(movedBytes: number): void;
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

/** The threads that read, hash and send, so that nothing else of the app can hold them up. */
export interface PartWorkers {
  /** Lower-case hex MD5 of a part. Throws UploadFailure when it cannot be read, Stopped on abort. */
  md5(
    part: { fd: number; offsetBytes: number; sizeBytes: number },
    signal: AbortSignal,
  ): Promise<string>;
  /** Lower-case hex SHA-256 of the whole file; throws as `md5` does. */
  sha256(file: { fd: number; sizeBytes: number }, signal: AbortSignal): Promise<string>;
  /**
   * Sends a part. Throws ServiceError when no answer came (`cancelled` for an aborted call), and
   * UploadFailure when the file could not be read.
   */
  send(request: PartRequest): Promise<PartAnswer>;
  /** Bytes a second over all parts; null for no limit. */
  setLimit(bytesPerSecond: number | null): void;
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
  /** A step of the upload's life; it is in the store already. */
  happened(uploadId: string, event: UploadEvent): void;
  /** A line for the app's log, in English, about a defect. Never holds a URL, a path or a key. */
  log(uploadId: string, text: string): void;
}

/** Everything the queue needs from outside. */
export interface UploadPorts {
  store: UploadStore;
  workers: PartWorkers;
  /**
   * The upload side of an account's service; `not-yet` while that is being connected, null when the
   * account is gone, has no key or takes no uploads. `goOn` is called when this has changed.
   */
  remoteFor(accountId: string): UploadRemote | 'not-yet' | null;
  clock: UploadClock;
  /** Uniform in [0, 1). */
  random(): number;
  listener: UploadListener;
}
