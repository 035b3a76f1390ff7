import { graphemes } from './graphemes';
import { withoutHostile } from './hostile-characters';

const MAX_CHARACTERS = 40;
const TAIL_CHARACTERS = 12;

/**
 * A title for menus and notifications. Titles are other people's text, so the result is one short line
 * without control or direction characters. It keeps the end, which is what tells takes apart.
 */
export function shortTitle(title: string): string {
  const flat = withoutHostile(title).trim();
  if (flat.length <= MAX_CHARACTERS) return flat;
  const characters = graphemes(flat);
  if (characters.length <= MAX_CHARACTERS) return flat;
  const head = characters.slice(0, MAX_CHARACTERS - TAIL_CHARACTERS - 1).join('');
  return `${head}…${characters.slice(-TAIL_CHARACTERS).join('')}`;
}
