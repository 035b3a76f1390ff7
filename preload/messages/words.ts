import { type MessageFormatElement, parse } from '@formatjs/icu-messageformat-parser';
import { type Formatters, formatToParts } from 'intl-messageformat';

// The parser and the formatter of a library, without the class around them: it asks V8 which locales it
// knows, which opens ICU's data of all of them, 3 MiB of an app that rests in the tray. So does every
// Intl.NumberFormat, and Intl.PluralRules costs one more: hence the small whole numbers by themselves.

export interface Language<Key extends string> {
  /** As in `pt-BR`. */
  tag: string;
  messages: Record<Key, string>;
  /** Whether CLDR's rule for a whole number below a thousand is `one`; it is `other` if not. */
  isOne: (count: number) => boolean;
}

const NO_STYLES = { number: {}, date: {}, time: {} };
/** From here on a number has separators, and there are more rules. */
const SEPARATED = 1_000;
const isSmall = (value: number | bigint): value is number =>
  Number.isInteger(value) && value >= 0 && value < SEPARATED;

/** The messages of one language, parsed when first asked for. */
export function createWords<Key extends string>({
  tag,
  messages,
  isOne,
}: Language<Key>): (key: Key, values?: Record<string, string | number>) => string {
  const parsed = new Map<Key, MessageFormatElement[]>();
  const partsOf = (key: Key) => {
    const parts = parsed.get(key) ?? parse(messages[key]);
    parsed.set(key, parts);
    return parts;
  };
  const formatters = formattersOf(tag, isOne);
  return (key, values = {}) => {
    try {
      const parts = formatToParts<string>(partsOf(key), tag, formatters, NO_STYLES, values);
      return parts.map(({ value }) => value).join('');
    } catch {
      // A value is missing: better the message with its brackets than none.
      return messages[key] ?? key;
    }
  };
}

function formattersOf(tag: string, isOne: (count: number) => boolean): Formatters {
  let numbers: Intl.NumberFormat | null = null;
  const format = (value: number | bigint) => {
    if (isSmall(value)) return String(value);
    numbers ??= new Intl.NumberFormat(tag);
    return numbers.format(value);
  };
  const rules = new Map<string | undefined, Intl.PluralRules>();
  const select = (count: number, options?: Intl.PluralRulesOptions) => {
    if (options?.type === 'cardinal' && isSmall(count)) return isOne(count) ? 'one' : 'other';
    const known = rules.get(options?.type) ?? new Intl.PluralRules(tag, options);
    rules.set(options?.type, known);
    return known.select(count);
  };
  // Of these, messages call nothing else than `format` and `select`.
  return {
    getNumberFormat: (_tag, style) =>
      style ? new Intl.NumberFormat(tag, style) : ({ format } as Intl.NumberFormat),
    getDateTimeFormat: (...wanted) => new Intl.DateTimeFormat(...wanted),
    getPluralRules: (_tag, options) =>
      ({ select: (count: number) => select(count, options) }) as Intl.PluralRules,
  };
}
