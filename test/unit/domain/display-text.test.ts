import { describe, expect, it } from 'vitest';
import { displayText, longText } from '../../../main/domain/display-text';
import { shortTitle } from '../../../main/domain/short-title';

describe('a long text of a service', () => {
  it('keeps its lines, and shows characters that would hide or reverse it', () => {
    expect(longText('a\r\nb\tc\u202Ed\u0000', 100)).toEqual({
      text: 'a\nb\tc\\u202ed\\u0000',
      cut: false,
    });
  });

  it('is cut, even when it is too long only because of its escapes', () => {
    expect(longText('\u0000'.repeat(10), 10)).toEqual({ text: '\\u0000\\u00', cut: true });
  });
});

const FAMILY = '👨‍👩‍👧‍👦';
const SCOTLAND = '\u{1F3F4}\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}';

describe('titles in lists, menus and notifications', () => {
  it.each([
    ['Persian', 'می\u200Cخواهم'],
    ['Malayalam', 'അവന്\u200D'],
    ['a family', FAMILY],
    ['the flag of Scotland', SCOTLAND],
    ['a red heart', '❤️'],
    ['a chosen form of a Chinese character', '葛\u{E0100}'],
  ])('keep what %s is written with', (_what, title) => {
    expect(displayText(title)).toBe(title);
    expect(shortTitle(title)).toBe(title);
    expect(longText(title, 100).text).toBe(title);
  });

  it('lose what reverses or hides text', () => {
    const hostile = 'a\u202Eb\u200Bc\u2066d\u{E0061}e\uFEFFf\u0007g\uD800h\u00ADi\uFFFFj';
    expect(displayText(hostile)).toBe('a b c d e f g h i j');
    expect(shortTitle(hostile)).toBe('a b c d e f g h i j');
  });

  it('are cut between two characters as a person sees them', () => {
    const families = displayText(FAMILY.repeat(200)) ?? '';
    expect(families.replace('…', '').replaceAll(FAMILY, '')).toBe('');
    expect(families.endsWith('…')).toBe(true);
    expect(shortTitle(FAMILY.repeat(40))).toBe(FAMILY.repeat(40));
    expect(shortTitle(SCOTLAND.repeat(50))).toBe(`${SCOTLAND.repeat(27)}…${SCOTLAND.repeat(12)}`);
  });

  it('stay short where one character has no end of marks', () => {
    expect([...(displayText(`e${'\u0301'.repeat(9_000)}`) ?? '')].length).toBeLessThanOrEqual(300);
  });
});
