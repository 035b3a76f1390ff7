/**
 * Control characters, halves of characters, and the invisible ones that can reverse or hide what a person
 * reads. Not among them are the joiners (U+200C, U+200D) and variation selectors: words of Persian and of
 * Indian languages need them, and so do most emoji.
 */
const HOSTILE =
  '\\p{Cc}\\p{Cs}\\p{Noncharacter_Code_Point}\\u00AD\\u061C\\u180E\\u200B\\u200E\\u200F\\u2028-\\u202E' +
  '\\u2060-\\u206F\\uFEFF\\uFFF9-\\uFFFB\\u{1D173}-\\u{1D17A}\\u{E0000}-\\u{E007F}';

/**
 * The flags of England, Scotland and others: a black flag, and its region in characters that are invisible
 * by themselves. Anywhere else these could hide a whole text.
 */
const FLAG = '\\u{1F3F4}[\\u{E0030}-\\u{E0039}\\u{E0061}-\\u{E007A}]{3,6}\\u{E007F}';

const SINGLE = new RegExp(`(${FLAG})|[${HOSTILE}]`, 'gu');
const RUNS = new RegExp(`(${FLAG})|[${HOSTILE}]+`, 'gu');

/** The text with a space in place of each run of hostile characters. */
export function withoutHostile(text: string): string {
  return text.replace(RUNS, (_all, flag?: string) => flag ?? ' ');
}

/** The text with each hostile character replaced by what `write` makes of it. */
export function replaceHostile(text: string, write: (character: string) => string): string {
  return text.replace(SINGLE, (character, flag?: string) => flag ?? write(character));
}
