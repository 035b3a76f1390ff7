import type { UploadEvent } from '../../../main/domain/upload';

export const ACCOUNT_ID = 'faults';
export const DATABASE_NAME = 'cliptray.db';
/** The uploader's environment: the key, and the file that says how far its clock is off. */
export const KEY_VARIABLE = 'CLIPTRAY_FAULTS_KEY';
export const CLOCK_VARIABLE = 'CLIPTRAY_FAULTS_CLOCK';

/** Who sent a request: each run of the uploader has a name of its own in the simulator's log. */
export function userAgentOf(life: number): string {
  return `Cliptray-faults/${life}`;
}

/** What the uploader says on its standard output, a line of JSON each. */
export type Said =
  /** The part's record is committed. */
  | { said: 'stored'; uploadId: string; partNumber: number }
  /** A call of the store has thrown. */
  | { said: 'store-failed'; call: string; code: string }
  | { said: 'changed'; fileName: string; state: string; problem: string | null }
  | { said: 'happened'; fileName: string; event: UploadEvent }
  | { said: 'log'; text: string };
