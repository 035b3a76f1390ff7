import type { UploadView } from '../../../preload/contract';

/** Whether the upload goes on by itself once its file is back, as when a drive was unplugged. */
export function waitsForFile({ state, problem }: Pick<UploadView, 'state' | 'problem'>): boolean {
  return problem === 'file-missing' && (state === 'queued' || state === 'sending');
}

const NOT_FROM_SERVICE: UploadView['problem'][] = [
  'not-json',
  'malformed',
  'unexpected-shape',
  'too-large',
];

/** Whether the upload goes on by itself once the service answers again instead of something in between. */
export function waitsForWay({ state, problem }: Pick<UploadView, 'state' | 'problem'>): boolean {
  const isActive = state === 'queued' || state === 'sending' || state === 'finishing';
  return isActive && NOT_FROM_SERVICE.includes(problem);
}
