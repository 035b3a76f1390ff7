const MAX_NAME_LENGTH = 100;
const MAX_HEADER_LENGTH = 2_000;

/** Names that Windows gives to devices, whatever their ending. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/** Endings a result may have: opened by a player, and run by nothing. */
const MEDIA = /\.(mp4|m4v|mov|webm|mkv|avi|gif|mp3|m4a|wav|aac|ogg)$/i;

/**
 * A name that every file system takes and that stays in its folder. The proposed one comes from a
 * service or from the name of a video, which may be anything.
 */
export function safeFileName(proposed: string, fallback: string): string {
  const clean = proposed
    .replace(/\p{C}+/gu, ' ')
    .replace(/[\\/:*?"<>|]+/g, '-')
    // No hidden files, no parent folder, and nothing at the end that Windows drops.
    .replace(/^[\s.-]+|[\s.]+$/g, '');
  const dot = clean.lastIndexOf('.');
  const ending = dot > 0 && clean.length - dot <= 10 ? clean.slice(dot) : '';
  const stem = [...clean.slice(0, clean.length - ending.length)];
  const name = stem.slice(0, MAX_NAME_LENGTH - ending.length).join('') + ending;
  if (name === '') return fallback;
  return DEVICE.test(name) ? `_${name}` : name;
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

/** The name that a Content-Disposition header proposes (RFC 6266), as hostile as it came. */
export function dispositionName(header: string | null): string | null {
  if (header === null || header.length > MAX_HEADER_LENGTH) return null;
  const extended = /;\s*filename\*\s*=\s*(?:utf-8|iso-8859-1)'[^']*'([^;]+)/i.exec(header)?.[1];
  const long = extended === undefined ? null : decoded(extended.trim());
  if (long !== null) return long;
  const plain = /;\s*filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;]+))/i.exec(header);
  return plain?.[1]?.replace(/\\(.)/g, '$1') ?? plain?.[2]?.trim() ?? null;
}

/**
 * What a result is saved as: the given title, else the name the host proposes, else that in the
 * address. Always with the ending of a video or a sound, whatever the host says it is.
 */
export function resultFileName(from: {
  title: string | null;
  disposition: string | null;
  url: string;
}): string {
  const path = URL.canParse(from.url) ? new URL(from.url).pathname : '';
  const inUrl = decoded(path.split('/').at(-1) ?? '');
  const proposed = dispositionName(from.disposition) ?? inUrl ?? '';
  const ending = MEDIA.exec(proposed)?.[0].toLowerCase() ?? '.mp4';
  const wanted = (from.title ?? proposed).replace(MEDIA, '');
  // Cut here, or the ending would be what is cut.
  const stem = safeFileName([...wanted].slice(0, MAX_NAME_LENGTH - ending.length).join(''), 'clip');
  return `${stem}${ending}`;
}
