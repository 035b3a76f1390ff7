import { pastedLink } from './web-link';

/** What a dropped text is. */
export type DroppedText =
  | { kind: 'link'; url: string }
  | { kind: 'links'; count: number }
  /** The address of a file: without the file itself, the window may not read it. */
  | { kind: 'file-address' }
  | { kind: 'no-link' };

/** The addresses in a `text/uri-list`; lines with `#` are remarks (RFC 2483). */
function addresses(uriList: string): string[] {
  const lines = uriList.split(/\r?\n/).map((line) => line.trim());
  return [...new Set(lines.filter((line) => line !== '' && !line.startsWith('#')))];
}

/**
 * Reads what was dropped that is no file: browsers give a link as a list of addresses, others as plain
 * text. A text counts as a link by the rule of a pasted one: if it is nothing else.
 */
export function droppedText(uriList: string, plain: string): DroppedText {
  const listed = addresses(uriList);
  const all = listed.length > 0 ? listed : addresses(plain);
  const links = all.flatMap((text) => pastedLink(text) ?? []);
  const [url] = links;
  if (url !== undefined && all.length === 1) return { kind: 'link', url };
  if (all.length > 0 && links.length === all.length) return { kind: 'links', count: all.length };
  if (all.length > 0 && all.every((text) => /^file:/i.test(text))) return { kind: 'file-address' };
  return { kind: 'no-link' };
}
