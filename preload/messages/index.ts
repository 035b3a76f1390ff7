import { createIntl, createIntlCache } from '@formatjs/intl';
import { en } from './en';
import { ptBr } from './pt-br';
import { createWords, type Language } from './words';

export type MessageKey = keyof typeof en;
export type MessageValues = Record<string, string | number>;

/** A sentence to be formatted where it is shown. */
export interface Message {
  key: MessageKey;
  values?: MessageValues;
}

/** Formats messages, numbers and times of one locale. */
export interface Translator {
  locale: string;
  /** Language of the text, as html's `lang` wants it. The locale may ask for one that has none. */
  language: string;
  text(key: MessageKey, values?: MessageValues): string;
  number(value: number, options?: { maximumFractionDigits?: number }): string;
  /** Size with a unit a person reads: `1.4 GB`. Decimal units, as file managers show. */
  size(sizeBytes: number): string;
  /** Length of time in its one or two largest units: `2 min`, `1 h 5 min`. */
  duration(durationMs: number): string;
  /** Length of time of one step, which may be short: `0.4 sec`, `12 sec`, `2 min`. */
  shortDuration(durationMs: number): string;
  /** Clock time, with the day when it is not today's, and the year when it is not this one. */
  time(atMs: number, nowMs: number): string;
  /** Clock time to the second, with day and year as `time` has them. */
  clock(atMs: number, nowMs: number): string;
  /** A day in words: `6 December`, with the year when it is not this one. */
  day(atMs: number, nowMs: number): string;
}

const ENGLISH: Language<MessageKey> = { tag: 'en', messages: en, isOne: (count) => count === 1 };
const PORTUGUESE: Language<MessageKey> = {
  tag: 'pt-BR',
  messages: ptBr,
  isOne: (count) => count < 2,
};

/** Every language but English, by the first part of a locale: `pt-PT` reads the Brazilian text. */
const LANGUAGES = new Map([['pt', PORTUGUESE]]);

/** The language of a locale's user. Those that have no text read English. */
export function languageOf(locale: string): Language<MessageKey> {
  return LANGUAGES.get(locale.split('-')[0] ?? '') ?? ENGLISH;
}

const SIZE_UNITS = ['kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** Builds the translator of a locale such as `en-GB`. Unknown languages read English. */
export function createTranslator(locale: string): Translator {
  const cache = createIntlCache();
  const language = languageOf(locale);
  const { tag } = language;
  // Plurals follow the language of the text; numbers and times the habits of the user.
  const text = createWords(language);
  // Made when they are needed: an app at rest writes only words.
  const habits = (of: string) => createIntl({ locale: of, onError: () => {} }, cache);
  let ofUser: ReturnType<typeof habits> | null = null;
  const intl = () => {
    ofUser ??= habits(locale);
    return ofUser;
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
  const timeOfDay = (atMs: number, nowMs: number, clock: Intl.DateTimeFormatOptions) => {
    const at = new Date(atMs);
    const now = new Date(nowMs);
    if (at.toDateString() === now.toDateString()) return intl().formatDate(atMs, clock);
    const day: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short' };
    if (at.getFullYear() !== now.getFullYear()) day.year = 'numeric';
    return intl().formatDate(atMs, { ...day, ...clock });
  };
  return {
    locale,
    language: tag,
    text,
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
    day(atMs, nowMs) {
      const isThisYear = new Date(atMs).getFullYear() === new Date(nowMs).getFullYear();
      // A month's name in another language would stand out in the sentence around it.
      const formatter = locale.split('-')[0] === tag.split('-')[0] ? intl() : habits(tag);
      return formatter.formatDate(atMs, {
        day: 'numeric',
        month: 'long',
        ...(isThisYear ? {} : { year: 'numeric' }),
      });
    },
  };
}
