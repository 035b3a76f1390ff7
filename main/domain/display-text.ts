import { beginning } from './graphemes';
import { replaceHostile, withoutHostile } from './hostile-characters';

/** Longest text from a service that is kept for display. */
const MAX_TEXT_LENGTH = 300;

/**
 * Makes text from a service safe to show: one line, no invisible characters, at most `maxLength`
 * characters. Null for an empty text, and for anything that is not text.
 */
export function displayText(value: unknown, maxLength: number = MAX_TEXT_LENGTH): string | null {
  if (typeof value !== 'string') return null;
  // Cut first: the text may be megabytes long.
  const clean = withoutHostile(value.slice(0, maxLength * 4))
    .replace(/\s+/g, ' ')
    .trim();
  if (clean === '') return null;
  // Splitting into characters costs more than all of the above; only a long text can have too many.
  if (clean.length <= maxLength || codePoints(clean) <= maxLength) return clean;
  return `${beginning(clean, maxLength - 1, codePoints)}…`;
}

const codePoints = (text: string): number => Array.from(text).length;

/** A service's text of several lines, cut where it is longer than anyone reads. */
export interface LongText {
  text: string;
  cut: boolean;
}

/**
 * Makes text of several lines safe to show. Invisible characters, which could reverse or hide what a
 * person reads, are written out as escapes: in a long text nobody would notice that they were removed.
 */
export function longText(text: string, maxLength: number): LongText {
  const lines = text.slice(0, maxLength).replace(/\r\n?/g, '\n');
  const kept = replaceHostile(lines, escaped);
  // Escapes are longer than the characters they stand for.
  return {
    text: kept.slice(0, maxLength),
    cut: text.length > maxLength || kept.length > maxLength,
  };
}

function escaped(character: string): string {
  if (character === '\n' || character === '\t') return character;
  const code = character.codePointAt(0) ?? 0;
  return code > 0xffff ? `\\u{${code.toString(16)}}` : `\\u${code.toString(16).padStart(4, '0')}`;
}
