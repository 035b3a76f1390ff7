const MAX_SOURCE_LENGTH = 2_048;

/** The trimmed URL or handle that a service may be asked to resolve; null when it is neither. */
export function sourceOf(text: string): string | null {
  const given = text.trim();
  if (given.length > MAX_SOURCE_LENGTH) return null;
  if (/^@[\p{L}\p{N}_.-]{1,100}$/u.test(given)) return given;
  if (!/^https?:\/\//i.test(given) || !URL.canParse(given)) return null;
  const url = new URL(given);
  return url.username === '' && url.password === '' ? given : null;
}

/**
 * The URL of one YouTube video without what was added for sharing, or null for anything else. Accepts
 * the forms that YouTube itself uses: watch, youtu.be, shorts, live and embed.
 */
export function youtubeVideoUrl(text: string): string | null {
  const source = sourceOf(text);
  if (source === null || !URL.canParse(source)) return null;
  const url = new URL(source);
  const host = url.hostname.toLowerCase().replace(/^(www|m|music)\./, '');
  const [first = '', second = ''] = url.pathname.split('/').filter((part) => part !== '');
  let id: string | null = null;
  if (host === 'youtu.be') id = first;
  else if (host === 'youtube.com' || host === 'youtube-nocookie.com') {
    if (first === 'watch') id = url.searchParams.get('v');
    else if (['shorts', 'live', 'embed'].includes(first)) id = second;
  }
  if (id === null || !/^[\w-]{6,20}$/.test(id)) return null;
  return `https://www.youtube.com/watch?v=${id}`;
}
