import type { ClipLine } from '../domain/clip-line';

/**
 * What to call the file with a job's result: the title of its video, and that of the part which was
 * rendered. Null without a line.
 */
export function resultTitle(line: ClipLine | null, jobId: string): string | null {
  if (!line) return null;
  const part = line.candidates.find(({ render }) => render?.jobId === jobId)?.title;
  const video = line.title.replace(/(?<=.)\.(mp4|m4v|mov|webm|mkv|avi)$/i, '');
  return part ? `${video} – ${part}` : video;
}
