/** A longer text is cut before it is searched for secrets, which takes time with its length. */
const MAX_SEARCHED = 32_768;
/** Longer than any key or token: what may be a part of one at a cut is left out with it. */
const MAX_TOKEN = 4_096;

const BORDER = /[\s"'<>,;&]/;

/** The rest of `text` after its end, up to a border between words, is left out. */
function wholeWordsBefore(text: string): string {
  for (let at = text.length - 1; at > text.length - MAX_TOKEN && at >= 0; at -= 1) {
    if (BORDER.test(text.charAt(at))) return text.slice(0, at);
  }
  return text.slice(0, -MAX_TOKEN);
}

/** Whatever `text` begins with may be the end of a key, however long that is. */
function wholeWordsAfter(text: string): string {
  const at = text.search(BORDER);
  return at < 0 ? '' : text.slice(at + 1);
}

/** Start and end of a text, and in between how much is missing. `missing` has been left out before. */
function joined(head: string, tail: string, missing: number, max: number): string {
  if (missing === 0 && head.length + tail.length <= max) return head + tail;
  const whole = head + tail;
  const headLength = Math.min(missing > 0 ? head.length : whole.length, Math.ceil(max * 0.7));
  const tailLength = Math.min(missing > 0 ? tail.length : whole.length, max - headLength);
  const leftOut = missing + whole.length - headLength - tailLength;
  const end = tailLength === 0 ? '' : whole.slice(-tailLength);
  return `${whole.slice(0, headLength)} … [${leftOut} characters left out] … ${end}`;
}

/**
 * At most about `max` characters of a text, without secrets. A longer one keeps its start and its end,
 * which in an error is its cause. Secrets are masked before anything is cut, or half a key would stay; of
 * a text that is too long for that, no word at a cut is kept.
 */
export function boundedText(text: string, max: number, redact: (text: string) => string): string {
  if (text.length <= MAX_SEARCHED) return joined(redact(text), '', 0, max);
  const head = wholeWordsBefore(text.slice(0, MAX_SEARCHED / 2));
  const tail = wholeWordsAfter(text.slice(-MAX_SEARCHED / 2));
  return joined(redact(head), redact(tail), text.length - head.length - tail.length, max);
}
