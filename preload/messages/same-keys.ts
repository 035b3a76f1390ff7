/**
 * What a translation must be: the keys of the English catalogue, no more and no fewer. TypeScript looks
 * for surplus keys in object literals only, not in imported JSON: so each surplus one must be `never`.
 */
export type SameKeys<English, Translation> = Record<keyof English, string> &
  Record<Exclude<keyof Translation, keyof English>, never>;
