/** Longest text from a service that is kept for display. */
const MAX_TEXT_LENGTH = 300;

// Control characters, and the invisible ones that can reverse or hide what a person reads.
const invisible =
  /[\p{Cc}\p{Cs}\u200B\u200E\u200F\u2028\u2029\u202A-\u202E\u2060\u2066-\u2069\uFEFF\u{E0000}-\u{E007F}]+/gu;

/**
 * Makes text from a service safe to show: one line, no invisible characters, at most `maxLength`
 * characters. Null for an empty text, and for anything that is not text.
 */
export function displayText(value: unknown, maxLength: number = MAX_TEXT_LENGTH): string | null {
  if (typeof value !== 'string') return null;
  // Cut first: the text may be megabytes long.
  const clean = value
    .slice(0, maxLength * 4)
    .replace(invisible, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  if (clean === '') return null;
  // Splitting into characters costs more than all of the above; only a long text can have too many.
  const characters = clean.length > maxLength ? Array.from(clean) : [];
  return characters.length > maxLength ? `${characters.slice(0, maxLength - 1).join('')}…` : clean;
}

/** A service's text of several lines, cut where it is longer than anyone reads. */
export interface LongText {
  text: string;
  cut: boolean;
}

const invisibleInLines = new RegExp(`(?![\\n\\t])${invisible.source.replace(/\+$/, '')}`, 'gu');

/**
 * Makes text of several lines safe to show. Invisible characters, which could reverse or hide what a
 * person reads, are written out as escapes: in a long text nobody would notice that they were removed.
 */
export function longText(text: string, maxLength: number): LongText {
  const kept = text.slice(0, maxLength).replace(/\r\n?/g, '\n').replace(invisibleInLines, escaped);
  // Escapes are longer than the characters they stand for.
  return {
    text: kept.slice(0, maxLength),
    cut: text.length > maxLength || kept.length > maxLength,
  };
}

function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return code > 0xffff ? `\\u{${code.toString(16)}}` : `\\u${code.toString(16).padStart(4, '0')}`;
}
