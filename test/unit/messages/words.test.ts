import { createIntl } from '@formatjs/intl';
import { describe, expect, it, vi } from 'vitest';
import { createTranslator, languageOf, type MessageKey } from '../../../preload/messages';
import { createWords } from '../../../preload/messages/words';

const COUNTS = [-1, 0, 0.5, 1, 1.5, 2, 3, 11, 21, 22, 101, 999, 1_000, 1_234.5, 1_000_000];

describe.each(['en', 'pt-BR'])('messages in %s', (tag) => {
  const language = languageOf(tag);

  it('read as the whole library writes them, for every count', () => {
    const { messages } = language;
    const whole = createIntl({ locale: tag, messages });
    const words = createWords(language);
    for (const key of Object.keys(messages) as MessageKey[]) {
      const names = [...messages[key].matchAll(/\{\s*(\w+)/g)].map(([, name]) => name ?? '');
      for (const count of COUNTS) {
        const values = Object.fromEntries(names.map((name) => [name, count]));
        const expected = whole.formatMessage({ id: key }, values);
        expect.soft(words(key, values), `${key} ${count}`).toBe(expected);
      }
    }
  });

  it('count as the language does', () => {
    const rules = new Intl.PluralRules(tag);
    for (let count = 0; count < 1_000; count += 1) {
      expect.soft(language.isOne(count) ? 'one' : 'other', `${count}`).toBe(rules.select(count));
    }
  });
});

describe('a message', () => {
  const words = createWords({
    tag: 'en',
    messages: {
      done: 'Done: {title}',
      progress: '{done} of {total}',
      place: '{place, selectordinal, one {#st} two {#nd} few {#rd} other {#th}}',
    },
    isOne: (count) => count === 1,
  });

  it('keeps a title as it is: one with brackets is not read as a message', () => {
    const title = '{count, plural, other {#}} <b># it’s';
    expect(words('done', { title })).toBe(`Done: ${title}`);
  });

  it('is shown with its brackets when a value is missing, and not lost', () => {
    expect(words('progress', { done: 1 })).toBe('{done} of {total}');
  });

  it('counts places by their own rules', () => {
    expect([1, 2, 3, 4, 21, 1_001].map((place) => words('place', { place }))).toEqual([
      '1st',
      '2nd',
      '3rd',
      '4th',
      '21st',
      '1,001st',
    ]);
  });

  it('with small counts asks nothing of ICU, which would open data of every locale', () => {
    const asked = [
      vi.spyOn(Intl, 'NumberFormat'),
      vi.spyOn(Intl, 'DateTimeFormat'),
      vi.spyOn(Intl, 'PluralRules'),
      vi.spyOn(Intl.NumberFormat, 'supportedLocalesOf'),
      vi.spyOn(Intl.DateTimeFormat, 'supportedLocalesOf'),
    ];
    try {
      const t = createTranslator('pt-BR');
      expect(t.text('tray.tooltip.working', { active: 50 })).toBe('Cliptray: 50 em andamento');
      for (const one of asked) expect(one).not.toHaveBeenCalled();
    } finally {
      vi.restoreAllMocks();
    }
  });
});
