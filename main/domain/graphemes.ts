// A character as a person sees it, a grapheme, may be many in the text: a family, a flag, a letter with its
// marks. Half of one is another character, or none. https://www.unicode.org/reports/tr29/

let segmenter: Intl.Segmenter | null = null;

/** Made at its first use: ICU's rules take memory that most texts, which are short, do not need. */
function segments(text: string): Intl.Segments {
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  return segmenter.segment(text);
}

export function graphemes(text: string): string[] {
  return Array.from(segments(text), ({ segment }) => segment);
}

/**
 * The longest beginning of a text that measures at most `max` and ends between two graphemes. Where the
 * first grapheme alone measures more, which no writing needs, it ends between two code points.
 */
export function beginning(text: string, max: number, measure: (part: string) => number): string {
  let used = 0;
  let end = 0;
  for (const { segment, index } of segments(text)) {
    used += measure(segment);
    if (used > max) {
      if (index === 0) break;
      return text.slice(0, index);
    }
    end = index + segment.length;
  }
  if (end > 0) return text.slice(0, end);
  used = 0;
  for (const point of text) {
    used += measure(point);
    if (used > max) break;
    end += point.length;
  }
  return text.slice(0, end);
}
