import type { UploadView } from '../../../preload/contract';

/** Whether the upload goes on by itself once its file is back, as when a drive was unplugged. */
export function waitsForFile({ state, problem }: Pick<UploadView, 'state' | 'problem'>): boolean {
  return problem === 'file-missing' && (state === 'queued' || state === 'sending');
}
