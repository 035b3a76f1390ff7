import type { UploadView } from '../../../preload/contract';

/** Whether the upload goes on by itself once its file is there again, as after a drive went away. */
export function waitsForFile({ state, problem }: Pick<UploadView, 'state' | 'problem'>): boolean {
  return problem === 'file-missing' && (state === 'queued' || state === 'sending');
}
