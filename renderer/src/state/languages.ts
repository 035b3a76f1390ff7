/** Languages a video is likely to be in. The service documents no list of those it knows. */
const CODES = [
  ...['pt', 'en', 'es', 'fr', 'de', 'it', 'nl', 'pl', 'ru', 'uk', 'tr', 'ar', 'he', 'hi', 'id'],
  ...['ja', 'ko', 'zh', 'vi', 'sv'],
] as const;

/** The languages, by their names in the reader's own. */
export function languageChoices(locale: string): { id: string; name: string }[] {
  const names = new Intl.DisplayNames(locale, { type: 'language' });
  return CODES.map((id) => ({ id, name: names.of(id) ?? id })).sort((a, b) =>
    a.name.localeCompare(b.name, locale),
  );
}

/** A language code as a service gave it: by its name where it has one, else as it came. */
export function languageName(locale: string, code: string): string {
  try {
    return new Intl.DisplayNames(locale, { type: 'language' }).of(code) ?? code;
  } catch {
    return code;
  }
}
