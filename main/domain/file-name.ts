import { beginning, graphemes } from './graphemes';
import { withoutHostile } from './hostile-characters';

/** Longer than anyone reads. */
const MAX_CHARACTERS = 100;
const MAX_EXTENSION = 10;
const MAX_HEADER_LENGTH = 2_000;

/**
 * Longest file names in bytes: of nearly all file systems, then of encrypted home folders (eCryptfs), then
 * one that fits anywhere. https://bugs.launchpad.net/ecryptfs/+bug/344878
 */
export const MAX_NAME_BYTES = [255, 143, 60] as const;
/** A name for a dialog, whose file is written as it is: it must fit into an encrypted home folder too. */
const MAX_PROPOSED_BYTES = MAX_NAME_BYTES[1];

/** Names that Windows reserves for devices, whatever their extension. */
const DEVICE = /^(con|prn|aux|nul|conin\$|conout\$|com[\d¹²³]|lpt[\d¹²³]) *(\.|$)/i;

/** Extensions that a result may have: players open them, and nothing executes them. */
const MEDIA = /\.(mp4|m4v|mov|webm|mkv|avi|gif|mp3|m4a|wav|aac|ogg)$/i;

const bytes = (text: string): number => new TextEncoder().encode(text).length;

/** What Windows drops at the end of a name, and joiners that have nothing left to join. */
const trimmedEnd = (text: string): string => text.replace(/(?:[\s.]|\u200C|\u200D)+$/u, '');

function split(name: string): { stem: string; extension: string } {
  const dot = name.lastIndexOf('.');
  const hasExtension = dot > 0 && name.length - dot <= MAX_EXTENSION;
  return hasExtension
    ? { stem: name.slice(0, dot), extension: name.slice(dot) }
    : { stem: name, extension: '' };
}

/**
 * A file name in at most `maxBytes` bytes of UTF-8, with `counter` before its extension. It is shortened
 * before both, and between two characters as a person sees them.
 */
export function fileNameWithin(name: string, maxBytes: number, counter = ''): string {
  const { stem, extension } = split(name);
  const ending = `${counter}${extension}`;
  if (bytes(stem) + bytes(ending) <= maxBytes) return `${stem}${ending}`;
  return `${trimmedEnd(beginning(stem, maxBytes - bytes(ending), bytes))}${ending}`;
}

/** The text without what a file system or a person could stumble over; empty if nothing is left. */
function cleanName(proposed: string): string {
  return trimmedEnd(
    withoutHostile(proposed)
      .replace(/[\\/:*?"<>|]+/g, '-')
      // No hidden file, and no parent folder.
      .replace(/^(?:[\s.-]|\u200C|\u200D)+/u, ''),
  );
}

/** The name in at most as many characters as anyone reads, and not that of a device of Windows. */
function readable(stem: string, extension: string): string {
  const max = MAX_CHARACTERS - extension.length;
  const characters = stem.length > max ? graphemes(stem) : [];
  const short = characters.length > max ? trimmedEnd(characters.slice(0, max).join('')) : stem;
  const name = `${short}${extension}`;
  return DEVICE.test(name) ? `_${name}` : name;
}

/**
 * A name that every file system accepts and that stays in its folder; `fallback` if nothing is left of
 * the proposed one, which comes from a service or a video and may be anything.
 */
export function safeFileName(proposed: string, fallback: string): string {
  const clean = cleanName(proposed);
  if (clean === '') return fallback;
  const { stem, extension } = split(clean);
  return fileNameWithin(readable(stem, extension), MAX_PROPOSED_BYTES);
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
  return fileNameWithin(readable(cleanName(wanted) || 'clip', extension), MAX_NAME_BYTES[0]);
}
