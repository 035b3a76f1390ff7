/** A position in a video as `m:ss`, or `h:mm:ss` from an hour on. */
export function timecode(atMs: number): string {
  const total = Math.max(0, Math.floor(atMs / 1000));
  const seconds = String(total % 60).padStart(2, '0');
  const minutes = Math.floor(total / 60) % 60;
  const hours = Math.floor(total / 3600);
  return hours > 0
    ? `${hours}:${String(minutes).padStart(2, '0')}:${seconds}`
    : `${minutes}:${seconds}`;
}
