import { type MessageFormatElement, parse } from '@formatjs/icu-messageformat-parser';
import { type Formatters, formatToParts } from 'intl-messageformat';

// intl-messageformat's parser and formatter, without its class IntlMessageFormat: the class asks V8 which
// locales it supports, which opens ICU's data for all of them and costs 3 MiB in an app that idles in the
// tray. Any Intl.NumberFormat does the same, and Intl.PluralRules costs another 1 MiB. So small whole
// numbers, which are nearly all that messages count, are formatted and put into plural categories here.

export interface Language<Key extends string> {
  /** As in `pt-BR`. */
  tag: string;
  messages: Record<Key, string>;
  /** Whether CLDR puts a whole number below 1,000 into the plural category `one`; else it is `other`. */
  isOne: (count: number) => boolean;
}

/** Formats one message: ICU placeholders and plurals are filled in from `values`. */
export type FormatMessage<Key extends string> = (
  key: Key,
  values?: Record<string, string | number>,
) => string;

const NO_STYLES = { number: {}, date: {}, time: {} };
/** From here on numbers have group separators, and plurals more categories. */
const FIRST_GROUPED = 1_000;
const isSmall = (value: number | bigint): value is number =>
  Number.isInteger(value) && value >= 0 && value < FIRST_GROUPED;

/**
 * Formats the messages of one language. A message is parsed when it is first used. Never throws: a
 * message that lacks a value is returned unformatted, and an unknown key as it is.
 */
export function createMessageFormatter<Key extends string>({
  tag,
  messages,
  isOne,
}: Language<Key>): FormatMessage<Key> {
  const parsed = new Map<Key, MessageFormatElement[]>();
  const elementsOf = (key: Key) => {
    const elements = parsed.get(key) ?? parse(messages[key]);
    parsed.set(key, elements);
    return elements;
  };
  const formatters = formattersOf(tag, isOne);
  return (key, values = {}) => {
    try {
      const parts = formatToParts<string>(elementsOf(key), tag, formatters, NO_STYLES, values);
      return parts.map(({ value }) => value).join('');
    } catch {
      // A value is missing: better to show the message with its braces than nothing at all.
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
  // `format` and `select` are all that formatToParts calls of these two.
  return {
    getNumberFormat: (_tag, style) =>
      style ? new Intl.NumberFormat(tag, style) : ({ format } as Intl.NumberFormat),
    getDateTimeFormat: (...wanted) => new Intl.DateTimeFormat(...wanted),
    getPluralRules: (_tag, options) =>
      ({ select: (count: number) => select(count, options) }) as Intl.PluralRules,
  };
}
