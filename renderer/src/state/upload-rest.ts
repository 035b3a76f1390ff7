import type { UploadView } from '../../../preload/contract';

/** Whether the upload goes on by itself once its file is there again, as after a drive went away. */
export function waitsForFile({ state, problem }: Pick<UploadView, 'state' | 'problem'>): boolean {
  return problem === 'file-missing' && (state === 'queued' || state === 'sending');
}

/** Until when a resting upload can go on with the parts it has; null when there is none to keep. */
export function keptUntilMs(upload: Pick<UploadView, 'problem' | 'keptUntilMs'>): number | null {
  return upload.problem === 'expired' ? null : upload.keptUntilMs;
}
