import { createIntl, createIntlCache } from '@formatjs/intl';
import { createMessageFormatter, type FormatMessage } from './format-message';
import { languageOf, type MessageKey } from './languages';

export type { MessageKey } from './languages';

/** Formats messages, numbers and times for one locale. */
export interface Translator {
  /** The user's, such as `en-GB`. */
  locale: string;
  /** Language of the text, as in the `lang` of HTML: `en` for a locale without a translation. */
  language: string;
  text: FormatMessage<MessageKey>;
  number(value: number, options?: { maximumFractionDigits?: number }): string;
  /** A size in a readable unit: `1.4 GB`. The units are decimal, as in file managers. */
  size(sizeBytes: number): string;
  /** A length of time in its one or two largest units: `2 min`, `1 h 5 min`. */
  duration(durationMs: number): string;
  /** The length of a step that may be short: `0.4 sec`, `12 sec`, `2 min`. */
  shortDuration(durationMs: number): string;
  /** The time of day; with the date if it is not today, and with the year if it is not this year. */
  time(atMs: number, nowMs: number): string;
  /** As `time`, to the second. */
  clock(atMs: number, nowMs: number): string;
  /** The date and the time of day with the time zone: `6 Dec, 14:30 GMT-3`; with the year if it is not this one. */
  zonedTime(atMs: number, nowMs: number): string;
  /** The machine's time zone at that time: `GMT-3`. */
  zone(atMs: number): string;
  /** A day with its month in words: `6 December`; with the year if it is not this year. */
  day(atMs: number, nowMs: number): string;
}

const SIZE_UNITS = ['kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** Creates the translator for a locale such as `en-GB`. Languages without a translation get English. */
export function createTranslator(locale: string): Translator {
  const language = languageOf(locale);
  const { tag } = language;
  const cache = createIntlCache();
  const createFormats = (of: string) => createIntl({ locale: of, onError: () => {} }, cache);
  // Created when first needed: an idle app formats nothing but messages.
  let regionalFormats: ReturnType<typeof createFormats> | null = null;
  // Messages and their plurals follow the language of the text; numbers and times the user's region.
  const intl = () => {
    regionalFormats ??= createFormats(locale);
    return regionalFormats;
  };
  const unit = (value: number, name: string, fractionDigits = 0) =>
    intl().formatNumber(value, {
      style: 'unit',
      unit: name,
      unitDisplay: 'short',
      maximumFractionDigits: fractionDigits,
    });
  const duration = (durationMs: number) => {
    const seconds = Math.max(0, Math.round(durationMs / 1000));
    if (seconds < 60) return unit(seconds, 'second');
    const minutes = Math.round(seconds / 60);
    if (minutes < 60) return unit(minutes, 'minute');
    const hours = Math.floor(minutes / 60);
    if (hours < 24) {
      const rest = minutes % 60;
      return rest === 0 ? unit(hours, 'hour') : `${unit(hours, 'hour')} ${unit(rest, 'minute')}`;
    }
    return unit(Math.round(hours / 24), 'day');
  };
  const withDate = (at: Date, now: Date, clock: Intl.DateTimeFormatOptions) => {
    const day: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short' };
    if (at.getFullYear() !== now.getFullYear()) day.year = 'numeric';
    return intl().formatDate(at, { ...day, ...clock });
  };
  const timeOfDay = (atMs: number, nowMs: number, clock: Intl.DateTimeFormatOptions) => {
    const at = new Date(atMs);
    const now = new Date(nowMs);
    if (at.toDateString() === now.toDateString()) return intl().formatDate(atMs, clock);
    return withDate(at, now, clock);
  };
  return {
    locale,
    language: tag,
    text: createMessageFormatter(language),
    number: (value, options) => intl().formatNumber(value, options),
    size(sizeBytes) {
      const power = Math.min(
        SIZE_UNITS.length,
        sizeBytes < 1000 ? 1 : Math.floor(Math.log10(sizeBytes) / 3),
      );
      const value = sizeBytes / 1000 ** power;
      return unit(value, SIZE_UNITS[power - 1] ?? 'kilobyte', value < 10 ? 1 : 0);
    },
    duration,
    shortDuration(durationMs) {
      if (durationMs >= 9_950) return duration(durationMs);
      return unit(Math.max(0, durationMs) / 1000, 'second', durationMs < 950 ? 2 : 1);
    },
    time: (atMs, nowMs) => timeOfDay(atMs, nowMs, { hour: 'numeric', minute: '2-digit' }),
    clock: (atMs, nowMs) =>
      timeOfDay(atMs, nowMs, { hour: 'numeric', minute: '2-digit', second: '2-digit' }),
    zonedTime: (atMs, nowMs) =>
      withDate(new Date(atMs), new Date(nowMs), {
        hour: 'numeric',
        minute: '2-digit',
        timeZoneName: 'shortOffset',
      }),
    zone(atMs) {
      const format = new Intl.DateTimeFormat(locale, { timeZoneName: 'shortOffset' });
      const name = format.formatToParts(atMs).find(({ type }) => type === 'timeZoneName');
      return name?.value ?? '';
    },
    day(atMs, nowMs) {
      const isThisYear = new Date(atMs).getFullYear() === new Date(nowMs).getFullYear();
      // The month is part of a sentence, so its name is in the sentence's language.
      const formatter = locale.split('-')[0] === tag.split('-')[0] ? intl() : createFormats(tag);
      return formatter.formatDate(atMs, {
        day: 'numeric',
        month: 'long',
        ...(isThisYear ? {} : { year: 'numeric' }),
      });
    },
  };
}
