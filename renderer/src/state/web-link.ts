/** The longest link that is accepted, in characters. */
export const MAX_LINK_LENGTH = 2000;

export type LinkProblem = 'empty' | 'not-web' | 'has-password';

/** A typed or pasted link in normal form, or what is wrong with it. */
export function checkLink(text: string): { url: string } | { problem: LinkProblem } {
  const trimmed = text.trim();
  if (trimmed === '') return { problem: 'empty' };
  // The URL parser drops line breaks and repairs spaces, so its result would be a guess.
  if (/\s/u.test(trimmed) || !/^https?:\/\//i.test(trimmed)) return { problem: 'not-web' };
  if (trimmed.length > MAX_LINK_LENGTH || !URL.canParse(trimmed)) return { problem: 'not-web' };
  const url = new URL(trimmed);
  if (url.username !== '' || url.password !== '') return { problem: 'has-password' };
  return { url: url.href };
}

/** The link in a text from the clipboard, if the text is nothing but a link; else null. */
export function pastedLink(text: string): string | null {
  const checked = checkLink(text);
  return 'url' in checked ? checked.url : null;
}
