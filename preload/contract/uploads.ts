import { isAbsolute } from 'node:path';
import { z } from 'zod';
import type { AddUploadsOutcome, QueueMove, UploadLog } from '../../main/domain/upload';
import { id, nothing, upload } from './primitives';
import { takes } from './verb';

export type {
  AddUploadsOutcome,
  QueueMove,
  RefusedFile,
  UploadEvent,
  UploadLog,
  UploadStep,
} from '../../main/domain/upload';

/** All uploads that have not ended, taken together. */
export interface UploadTotals {
  /** How many are being sent now. */
  sending: number;
  /** How many are in the queue, sent at the moment or not, except paused and failed ones. */
  unfinished: number;
  paused: number;
  failed: number;
  /** Of the unfinished ones and of those sent since the queue was last empty. */
  sentBytes: number;
  sizeBytes: number;
  bytesPerSecond: number | null;
  timeLeftMs: number | null;
}

/** A null account means the only one that takes uploads; a null brand, the one chosen for the account. */
const target = { accountId: id.nullable(), brandId: id.nullable() };
const queueMove = z.enum(['first', 'earlier', 'later', 'last']) satisfies z.ZodType<QueueMove>;

/** The verbs about uploads: `upload.*` is about one, `uploads.*` about all or new ones. */
export const uploadVerbs = {
  /** The preload script lets through only paths that the user dropped or main handed out. */
  'uploads.add': takes(
    z.strictObject({
      paths: z.array(z.string().max(32_768).refine(isAbsolute)).min(1).max(1000),
      ...target,
    }),
  ).returns<AddUploadsOutcome>(),
  /** Lets the user choose files or a folder in the system's dialog, and adds them. */
  'uploads.choose': takes(
    z.strictObject({ ...target, what: z.enum(['files', 'folder']) }),
  ).returns<AddUploadsOutcome>(),
  'uploads.pauseAll': takes(nothing).returns<null>(),
  'uploads.resumeAll': takes(nothing).returns<null>(),
  'uploads.retryAll': takes(nothing).returns<null>(),
  'uploads.cancelAll': takes(nothing).returns<null>(),
  'upload.pause': takes(upload).returns<null>(),
  'upload.resume': takes(upload).returns<null>(),
  'upload.retry': takes(upload).returns<null>(),
  /** Adds the file of a sent upload once more, as it is now; null when the upload is not known any more. */
  'upload.sendAgain': takes(upload).returns<AddUploadsOutcome | null>(),
  'upload.cancel': takes(upload).returns<null>(),
  /** Moves the upload within the queue. */
  'upload.move': takes(z.strictObject({ uploadId: id, to: queueMove })).returns<null>(),
  /** Null when the upload is no longer known. */
  'upload.log': takes(upload).returns<UploadLog | null>(),
  /** Asks where to save the log, and saves it as text. */
  'upload.exportLog': takes(upload).returns<{ saved: boolean }>(),
  /** Shows the uploaded file in the system's file manager. */
  'upload.showFile': takes(upload).returns<{ shown: boolean }>(),
};
