import type { Job } from '../domain/job';

/**
 * Text as it is compared in a search: without accents, in lower case, on one line. Letters that differ
 * only in how they are printed, such as `ﬁ` and `fi`, become the same.
 */
export function foldedText(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(/\p{M}+/gu, '')
    .replaceAll(/[\p{Cc}\s]+/gu, ' ')
    .trim();
}

/** The text by which a job is found. The line end keeps a search from matching across two fields. */
export function searchTextOf(job: Pick<Job, 'title' | 'remoteId' | 'failure'>): string {
  return [job.title, job.remoteId, job.failure]
    .filter((text) => text !== null)
    .map(foldedText)
    .join('\n');
}

/** Longest n-gram of the index. */
const MAX_NGRAM_LENGTH = 3;
/** N-grams that a query contains: each further one costs as much and narrows it down less. */
const MAX_NGRAMS_QUERIED = 4;

/** Code points in base 35, which leaves `z` to separate them: one word for any tokenizer. */
function wordOf(letters: string[]): string {
  return letters.map((letter) => letter.codePointAt(0)?.toString(35)).join('z');
}

function ngramsOf(text: string, length: number): string[] {
  const letters = [...text];
  return letters
    .slice(0, Math.max(0, letters.length - length + 1))
    .map((_, index) => wordOf(letters.slice(index, index + length)));
}

/** All sequences of one, two and three letters of a folded text, as words for the index. */
export function gramsOf(searchText: string): string {
  const words = new Set<string>();
  for (const line of searchText.split('\n')) {
    for (let length = 1; length <= MAX_NGRAM_LENGTH; length += 1) {
      for (const word of ngramsOf(line, length)) words.add(word);
    }
  }
  return [...words].join(' ');
}

/** An index query for jobs that may contain a folded text, which must not be empty. */
export function gramQueryOf(text: string): string {
  const words = [...new Set(ngramsOf(text, Math.min(MAX_NGRAM_LENGTH, [...text].length)))];
  const step = Math.max(1, words.length / MAX_NGRAMS_QUERIED);
  // Spread over the whole text: together, its different words narrow the search down more.
  const chosen = words.filter(
    (_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step),
  );
  return chosen.map((word) => `"${word}"`).join(' AND ');
}
