import { en } from './en';
import type { Language } from './format-message';
import { ptBr } from './pt-br';

export type MessageKey = keyof typeof en;

const ENGLISH: Language<MessageKey> = { tag: 'en', messages: en, isOne: (count) => count === 1 };

/** All languages that have text. A user of another one reads English. */
export const LANGUAGES: Language<MessageKey>[] = [
  ENGLISH,
  { tag: 'pt-BR', messages: ptBr, isOne: (count) => count < 2 },
];

const primarySubtag = (tag: string) => tag.split('-')[0];

/** The language to show for a user's locale, whatever its region: `pt-PT` gets the Brazilian text. */
export function languageOf(locale: string): Language<MessageKey> {
  const wanted = primarySubtag(locale);
  return LANGUAGES.find(({ tag }) => primarySubtag(tag) === wanted) ?? ENGLISH;
}
