/**
 * The URL of a part of a video, for players that support media fragments
 * (https://www.w3.org/TR/media-frags/#naming-time). Others play it from the beginning.
 */
export function mediaFragmentUrl(
  url: string,
  startMs: number | null,
  endMs: number | null,
): string {
  if (startMs === null) return url;
  const seconds = (ms: number) => String(Math.round(ms) / 1000);
  const until = endMs === null || endMs <= startMs ? '' : `,${seconds(endMs)}`;
  return `${url.replace(/#.*$/s, '')}#t=${seconds(startMs)}${until}`;
}
