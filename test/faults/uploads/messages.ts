import type { UploadEvent } from '../../../main/domain/upload';

export const ACCOUNT_ID = 'faults';
export const DATABASE_NAME = 'cliptray.db';
/** The uploader's environment: its key, and the file that says how far its clock is off. */
export const KEY_VARIABLE = 'CLIPTRAY_FAULTS_KEY';
export const CLOCK_VARIABLE = 'CLIPTRAY_FAULTS_CLOCK';

/** The user agent of a run, by which the simulator's log shows which run sent a request. */
export function userAgentOf(run: number): string {
  return `Cliptray-faults/${run}`;
}

/** What the uploader reports on its standard output, as one line of JSON each. */
export type UploaderMessage =
  /** A part is handed to the worker that sends it. */
  | { type: 'part-sending'; uploadId: string; partNumber: number }
  /** The engine gets the storage host's answer to a part. */
  | { type: 'part-answered'; uploadId: string; partNumber: number; status: number }
  /** A part's record is committed. */
  | { type: 'part-stored'; uploadId: string; partNumber: number }
  /** A call of the store has thrown. */
  | { type: 'store-failed'; call: string; code: string }
  | { type: 'upload-changed'; fileName: string; state: string; problem: string | null }
  | { type: 'upload-event'; fileName: string; event: UploadEvent }
  | { type: 'log'; text: string };
