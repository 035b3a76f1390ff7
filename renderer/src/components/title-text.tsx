import { displayText } from './display-text';

const TAIL_LENGTH = 10;
/** Titles up to this many characters always fit. */
const LONG_LENGTH = 28;
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/**
 * A title on one line, cut in the middle so that the end of a file name stays readable, and isolated
 * so that its direction cannot reorder the text beside it. Titles with right-to-left letters
 * are cut at the end: their letters would lose their joined shapes at a seam.
 */
export function TitleText({ children }: { children: string }) {
  const title = displayText(children);
  if (title.length <= LONG_LENGTH || RIGHT_TO_LEFT.test(title)) {
    return (
      <bdi className="title-text" data-tip-cut={title}>
        <span className="title-head" data-cut>
          {title}
        </span>
      </bdi>
    );
  }
  const graphemes = Array.from(segmenter.segment(title), (part) => part.segment);
  return (
    <bdi className="title-text" data-tip-cut={title}>
      <span className="title-head" data-cut>
        {graphemes.slice(0, -TAIL_LENGTH).join('')}
      </span>
      <span className="title-tail">{graphemes.slice(-TAIL_LENGTH).join('')}</span>
    </bdi>
  );
}
