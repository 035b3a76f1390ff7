import type { UploadView } from '../../../preload/contract';

const WORDS = {
  'file-missing': { title: 'line.waitsForFile', help: 'line.waitsForFile.help' },
  'file-being-written': { title: 'line.waitsUntilWritten', help: 'line.waitsUntilWritten.help' },
} as const;

/**
 * What an upload waits for that goes on by itself, as the keys of its words: until its file is back, as
 * when a drive was unplugged, or is finished, as a recording. Null for other uploads.
 */
export function waitingForFile({
  state,
  problem,
}: Pick<UploadView, 'state' | 'problem'>): (typeof WORDS)[keyof typeof WORDS] | null {
  if (state !== 'queued' && state !== 'sending') return null;
  return problem === 'file-missing' || problem === 'file-being-written' ? WORDS[problem] : null;
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
