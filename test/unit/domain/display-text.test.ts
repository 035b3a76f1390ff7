import { describe, expect, it } from 'vitest';
import { longText } from '../../../main/domain/display-text';

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
