/**
 * What a translation must be: the keys of the English catalogue, no more and no fewer. TypeScript finds
 * surplus keys in object literals only, not in imported JSON, so here each of them has the type `never`.
 */
export type SameKeys<English, Translation> = Record<keyof English, string> &
  Record<Exclude<keyof Translation, keyof English>, never>;
