import type { Clock } from '../domain/clock';
import type { Logger } from '../domain/logger';
import type { UploadRemote } from '../domain/service';
import type {
  FailedUpload,
  PartFacts,
  QueueMove,
  SentPart,
  Upload,
  UploadChanges,
  UploadEvent,
} from '../domain/upload';
import type { ChangeFeed } from '../events';
import type { PartRecord } from './equal-parts';
import type { PartWorkers } from './workers/part-workers';
import type { Writers } from './writers';

/** A part that the storage host has confirmed, and how it was sent. */
export interface ArrivedPart {
  part: SentPart;
  facts: PartFacts;
}

/** What the queue needs to choose which upload to start next. */
type UnfinishedUpload = Pick<Upload, 'id' | 'accountId' | 'problem'>;

/**
 * Where uploads are stored. Every call is synchronous, and is one committed transaction when it
 * returns; a call that throws has changed nothing. The store itself emits `uploads` and
 * `uploadEvent` on the feed after its commits.
 */
export interface UploadStore {
  /** All uploads, ended ones too, in the order of the queue. */
  list(): Upload[];
  /** Those the queue still has to work on, in its order. Called often, so it has to be quick. */
  unfinished(): UnfinishedUpload[];
  /** All uploads of the file at this path, ended ones too, in the order they were added. */
  ofPath(path: string): Upload[];
  get(id: string): Upload | null;
  /** Adds an upload at the end of the queue. */
  insert(upload: Upload): void;
  /** Writes the given fields and leaves the others. An unknown id is ignored. */
  update(id: string, changes: UploadChanges): void;
  /**
   * Marks it as failed at that time, and makes sure that the user is notified, whatever happens to the
   * app afterwards. An unknown id is ignored.
   */
  fail(id: string, how: FailedUpload, atMs: number): void;
  /** Says of a sent upload that its file was changed since, and makes sure that the user is notified. */
  markChanged(id: string, atMs: number): void;
  /** Changes its position among the uploads that have not ended. */
  move(id: string, to: QueueMove): void;
  /**
   * Stores parts that the storage host has confirmed, replacing earlier ones with the same numbers. They
   * count as sent only after this has returned.
   */
  recordParts(id: string, parts: ArrivedPart[]): void;
  /** The stored parts of an upload, by ascending part number. */
  parts(id: string): SentPart[];
  /** Those of the stored parts whose MD5s were stored too, by ascending part number. */
  partRecords(id: string): PartRecord[];
  /** Like `update`, and deletes these stored parts, in one transaction. */
  discardParts(id: string, partNumbers: number[], changes: UploadChanges): void;
  /** Like `update`, and deletes all stored parts, in one transaction. */
  startOver(id: string, changes: UploadChanges): void;
  /** Adds to the upload's log. */
  addEvent(id: string, atMs: number, event: UploadEvent): void;
  /** Runs all calls in one transaction: thousands of commits would take seconds. */
  together<T>(calls: () => T): T;
}

/** Everything the queue needs from outside. */
export interface UploadQueueDeps {
  store: UploadStore;
  workers: PartWorkers;
  /**
   * Where an account's uploads go. `not-yet` while it is being connected; null when the account is gone,
   * has no key or takes no uploads. The feed's `connection` reports changes.
   */
  uploadRemote(accountId: string): UploadRemote | 'not-yet' | null;
  /** Whether a program has a file open for writing, as far as the system tells. */
  writers: Pick<Writers, 'has'>;
  clock: Clock;
  /** Uniform in [0, 1). */
  random(): number;
  /** The queue listens to `connectivity` and `connection`, and emits `uploadProgress`. */
  feed: ChangeFeed;
  logger: Logger;
}
