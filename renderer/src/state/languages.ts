/** Languages a video is likely to be in. The service documents no list of those it knows. */
const CODES = [
  ...['pt', 'en', 'es', 'fr', 'de', 'it', 'nl', 'pl', 'ru', 'uk', 'tr', 'ar', 'he', 'hi', 'id'],
  ...['ja', 'ko', 'zh', 'vi', 'sv'],
] as const;

/** The languages, each by its name in the reader's language. */
export function languageChoices(locale: string): { id: string; name: string }[] {
  const names = new Intl.DisplayNames(locale, { type: 'language' });
  return CODES.map((id) => ({ id, name: names.of(id) ?? id })).sort((a, b) =>
    a.name.localeCompare(b.name, locale),
  );
}

/** The name of a language code; the code itself when it has none. */
export function languageName(locale: string, code: string): string {
  try {
    return new Intl.DisplayNames(locale, { type: 'language' }).of(code) ?? code;
  } catch {
    return code;
  }
}
