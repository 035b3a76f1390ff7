import { createIntl } from '@formatjs/intl';
import { describe, expect, it } from 'vitest';
import { createTranslator, type MessageKey } from '../../../preload/messages';
import { en } from '../../../preload/messages/en';
import { LANGUAGES } from '../../../preload/messages/languages';
import { ptBr } from '../../../preload/messages/pt-br';

const KEYS = Object.keys(en) as MessageKey[];

const { getMessageFormat: parsed } = createIntl({ locale: 'en' }).formatters;
type Part = ReturnType<ReturnType<typeof parsed>['getAst']>[number];

/** All elements of a message, including those in the branches of its plurals and selects. */
function partsOf(message: string, tag: string): Part[] {
  const flat = (parts: Part[]): Part[] =>
    parts.flatMap((part) => [
      part,
      ...('options' in part ? Object.values(part.options).flatMap(({ value }) => flat(value)) : []),
    ]);
  return flat(parsed(message, tag).getAst());
}

/** Names of a message's arguments. Literal text has none, and the `#` of a plural is not one. */
function argumentsOf(message: string, tag: string): string[] {
  const LITERAL = 0;
  const names = partsOf(message, tag).flatMap((part) =>
    part.type !== LITERAL && 'value' in part ? [part.value] : [],
  );
  return [...new Set(names)].sort();
}

/** Each plural or select of a message: its argument, and the names of its branches. */
function branchesOf(message: string, tag: string): { argument: string; names: string[] }[] {
  return partsOf(message, tag).flatMap((part) =>
    'options' in part ? [{ argument: part.value, names: Object.keys(part.options) }] : [],
  );
}

describe.each(LANGUAGES)('messages in $tag', ({ tag, messages }) => {
  it('have the same keys as in English: a missing message would show as its key', () => {
    expect(Object.keys(messages).sort()).toEqual([...KEYS].sort());
  });

  it('have the same arguments as in English: otherwise a gap shows where a name belongs', () => {
    for (const key of KEYS) {
      const names = argumentsOf(messages[key], tag);
      expect.soft(names, key).toEqual(argumentsOf(en[key], 'en'));
    }
  });

  it('have an `other` branch in each plural, and the exact branches (`=0`) of English', () => {
    const exact = (list: ReturnType<typeof branchesOf>) =>
      list.flatMap(({ argument, names }) =>
        names.filter((name) => name.startsWith('=')).map((name) => `${argument} ${name}`),
      );
    for (const key of KEYS) {
      const branches = branchesOf(messages[key], tag);
      for (const { names } of branches) expect.soft(names, key).toContain('other');
      const expected = exact(branchesOf(en[key], 'en'));
      expect.soft(exact(branches), key).toEqual(expect.arrayContaining(expected));
    }
  });

  it('can be formatted with any count, and are never empty or contain a brace', () => {
    for (const key of KEYS) {
      const message = messages[key];
      const counted = new Set(branchesOf(message, tag).map(({ argument }) => argument));
      for (const count of [0, 1, 1.5, 2, 21, 1_000_000]) {
        const values = Object.fromEntries(
          argumentsOf(message, tag).map((name) => [name, counted.has(name) ? count : `‹${name}›`]),
        );
        const shown = String(parsed(message, tag).format(values));
        expect.soft(shown.trim(), key).not.toBe('');
        expect.soft(shown, key).not.toMatch(/[{}]/);
      }
    }
  });
});

describe('Brazilian Portuguese', () => {
  it('has no sentence left in English', () => {
    const words = (message: string) => message.replaceAll(/\{[^{}]*\}/g, '').split(/\s+/u);
    const left = KEYS.filter((key) => ptBr[key] === en[key] && words(en[key]).length > 3);
    expect(left).toEqual([]);
  });

  it('uses its own plural forms', () => {
    const t = createTranslator('pt-BR');
    const counts = [0, 1, 2].map((active) => t.text('watching.on', { active }));
    expect(counts).toEqual(['Nada em andamento', '1 em andamento', '2 em andamento']);
    const files = [1, 2].map((count) => t.text('chooseAccount.items', { count }));
    expect(files).toEqual(['1 arquivo ou pasta', '2 arquivos ou pastas']);
    expect(t.text('tray.tooltip.working', { active: 1 })).toBe('Cliptray: 1 em andamento');
    expect(t.text('account.coins', { coins: 0, amount: '0' })).toBe('0 coins');
    expect(t.text('account.coins', { coins: 1, amount: '1' })).toBe('1 coin');
  });

  it('has a grammatical sentence for a service that is no longer known', () => {
    const t = createTranslator('pt-BR');
    const service = t.text('service.generic');
    expect(t.text('problem.unreachable', { service })).toBe('Não foi possível acessar o serviço.');
  });
});

describe('the language shown', () => {
  it.each([
    ['pt-BR', 'pt-BR', 'Tarefas'],
    ['pt-PT', 'pt-BR', 'Tarefas'],
    ['pt', 'pt-BR', 'Tarefas'],
    ['en-GB', 'en', 'Jobs'],
    ['fr-FR', 'en', 'Jobs'],
    ['pto', 'en', 'Jobs'],
  ])('for the locale %s is %s', (locale, language, jobs) => {
    const t = createTranslator(locale);
    expect(t.language).toBe(language);
    expect(t.text('jobs.title')).toBe(jobs);
    expect(t.locale).toBe(locale);
  });

  it('does not change how the user’s region writes numbers, sizes and times', () => {
    expect(createTranslator('pt-BR').number(1234.5)).toBe('1.234,5');
    expect(createTranslator('pt-BR').size(1.4e9)).toMatch(/^1,4\sGB$/u);
    const sizes = [0, 420, 1_000, 88e6, 5e15].map((bytes) => createTranslator('en').size(bytes));
    expect(sizes).toEqual(['0 kB', '0.4 kB', '1 kB', '88 MB', '5,000 TB']);
    expect(createTranslator('de-DE').number(1234.5)).toBe('1.234,5');
    expect(createTranslator('en-GB').number(1234.5)).toBe('1,234.5');
    const atMs = new Date(2026, 2, 1, 15, 5).getTime();
    expect(createTranslator('pt-BR').time(atMs, atMs)).toBe('15:05');
    expect(createTranslator('en-US').time(atMs, atMs)).toMatch(/^3:05\sPM$/u);
  });
});

it('who retries what starts over is told that nothing of it was kept', () => {
  for (const key of ['problem.storage-refused.help', 'problem.expired.help'] as const) {
    expect(en[key]).toContain('from its beginning');
    expect(ptBr[key]).toMatch(/desde o (começo|início)/);
  }
});
