import type { ClipLine } from '../domain/clip-line';

/**
 * The title for the file with a job's result: that of its video, and that of the rendered part. Null
 * without a line.
 */
export function resultTitle(line: ClipLine | null, jobId: string): string | null {
  if (!line) return null;
  const part = line.candidates.find(({ render }) => render?.jobId === jobId)?.title;
  const video = line.title.replace(/(?<=.)\.(mp4|m4v|mov|webm|mkv|avi)$/i, '');
  return part ? `${video} – ${part}` : video;
}
