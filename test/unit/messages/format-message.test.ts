import { createIntl } from '@formatjs/intl';
import { describe, expect, it, vi } from 'vitest';
import { createTranslator, type MessageKey } from '../../../preload/messages';
import { createMessageFormatter } from '../../../preload/messages/format-message';
import { LANGUAGES } from '../../../preload/messages/languages';

const COUNTS = [-1, 0, 0.5, 1, 1.5, 2, 3, 11, 21, 22, 101, 999, 1_000, 1_234.5, 1_000_000];

describe.each(LANGUAGES)('messages in $tag', (language) => {
  const { tag, messages } = language;

  it('are formatted exactly as by the whole library, for every count', () => {
    const whole = createIntl({ locale: tag, messages });
    const format = createMessageFormatter(language);
    for (const key of Object.keys(messages) as MessageKey[]) {
      const names = [...messages[key].matchAll(/\{\s*(\w+)/g)].map(([, name]) => name ?? '');
      for (const count of COUNTS) {
        const values = Object.fromEntries(names.map((name) => [name, count]));
        const expected = whole.formatMessage({ id: key }, values);
        expect.soft(format(key, values), `${key} ${count}`).toBe(expected);
      }
    }
  });

  it('have the plural categories of their language', () => {
    const rules = new Intl.PluralRules(tag);
    for (let count = 0; count < 1_000; count += 1) {
      expect.soft(language.isOne(count) ? 'one' : 'other', `${count}`).toBe(rules.select(count));
    }
  });
});

describe('a message', () => {
  const format = createMessageFormatter({
    tag: 'en',
    messages: {
      done: 'Done: {title}',
      progress: '{done} of {total}',
      place: '{place, selectordinal, one {#st} two {#nd} few {#rd} other {#th}}',
    },
    isOne: (count) => count === 1,
  });

  it('shows a title as it is, even if it looks like message syntax', () => {
    const title = '{count, plural, other {#}} <b># it’s';
    expect(format('done', { title })).toBe(`Done: ${title}`);
  });

  it('is shown with its braces when a value is missing', () => {
    expect(format('progress', { done: 1 })).toBe('{done} of {total}');
  });

  it('uses the ordinal categories for ordinals', () => {
    expect([1, 2, 3, 4, 21, 1_001].map((place) => format('place', { place }))).toEqual([
      '1st',
      '2nd',
      '3rd',
      '4th',
      '21st',
      '1,001st',
    ]);
  });

  it('does not use ICU for small counts: that would load the data of every locale', () => {
    const spies = [
      vi.spyOn(Intl, 'NumberFormat'),
      vi.spyOn(Intl, 'DateTimeFormat'),
      vi.spyOn(Intl, 'PluralRules'),
      vi.spyOn(Intl.NumberFormat, 'supportedLocalesOf'),
      vi.spyOn(Intl.DateTimeFormat, 'supportedLocalesOf'),
    ];
    try {
      const t = createTranslator('pt-BR');
      expect(t.text('tray.tooltip.working', { active: 50 })).toBe('Cliptray: 50 em andamento');
      for (const spy of spies) expect(spy).not.toHaveBeenCalled();
    } finally {
      vi.restoreAllMocks();
    }
  });
});
