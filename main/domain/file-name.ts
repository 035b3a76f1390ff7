const MAX_NAME_LENGTH = 100;
const MAX_HEADER_LENGTH = 2_000;

/** Names that Windows reserves for devices, whatever their extension. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/** Extensions that a result may have: players open them, and nothing executes them. */
const MEDIA = /\.(mp4|m4v|mov|webm|mkv|avi|gif|mp3|m4a|wav|aac|ogg)$/i;

/**
 * A name that every file system accepts and that stays in its folder; `fallback` if nothing is left of
 * the proposed one, which comes from a service or a video and may be anything.
 */
export function safeFileName(proposed: string, fallback: string): string {
  const clean = proposed
    .replace(/\p{C}+/gu, ' ')
    .replace(/[\\/:*?"<>|]+/g, '-')
    // No hidden file, no parent folder, and no trailing characters that Windows drops.
    .replace(/^[\s.-]+|[\s.]+$/g, '');
  const dot = clean.lastIndexOf('.');
  const extension = dot > 0 && clean.length - dot <= 10 ? clean.slice(dot) : '';
  const stem = [...clean.slice(0, clean.length - extension.length)];
  const name = stem.slice(0, MAX_NAME_LENGTH - extension.length).join('') + extension;
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

/** The file name in a Content-Disposition header (RFC 6266), not made safe. Null without one. */
export function dispositionName(header: string | null): string | null {
  if (header === null || header.length > MAX_HEADER_LENGTH) return null;
  const extended = /;\s*filename\*\s*=\s*(?:utf-8|iso-8859-1)'[^']*'([^;]+)/i.exec(header)?.[1];
  const long = extended === undefined ? null : decoded(extended.trim());
  if (long !== null) return long;
  const plain = /;\s*filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;]+))/i.exec(header);
  return plain?.[1]?.replace(/\\(.)/g, '$1') ?? plain?.[2]?.trim() ?? null;
}

/**
 * The file name for a result: the given title, else the name that the host proposes, else the one in the
 * URL. It always has the extension of a video or a sound, whatever the host says it is.
 */
export function resultFileName(from: {
  title: string | null;
  disposition: string | null;
  url: string;
}): string {
  const path = URL.canParse(from.url) ? new URL(from.url).pathname : '';
  const inUrl = decoded(path.split('/').at(-1) ?? '');
  const proposed = dispositionName(from.disposition) ?? inUrl ?? '';
  const extension = MEDIA.exec(proposed)?.[0].toLowerCase() ?? '.mp4';
  const wanted = (from.title ?? proposed).replace(MEDIA, '');
  // Shortened here, or the extension would be cut off.
  const stem = safeFileName(
    [...wanted].slice(0, MAX_NAME_LENGTH - extension.length).join(''),
    'clip',
  );
  return `${stem}${extension}`;
}
