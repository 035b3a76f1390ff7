import { describe, expect, it } from 'vitest';
import { sourceOf, youtubeVideoUrl } from '../../../main/domain/execution-source';

describe('what a person pastes', () => {
  it.each([
    ['https://www.youtube.com/watch?v=dQw4w9WgXcQ&list=x&t=3', 'dQw4w9WgXcQ'],
    [' https://youtu.be/dQw4w9WgXcQ?si=abc ', 'dQw4w9WgXcQ'],
    ['https://m.youtube.com/shorts/dQw4w9WgXcQ', 'dQw4w9WgXcQ'],
    ['https://youtube.com/live/dQw4w9WgXcQ?feature=share', 'dQw4w9WgXcQ'],
    ['https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ', 'dQw4w9WgXcQ'],
  ])('%s is one video', (text, id) => {
    expect(youtubeVideoUrl(text)).toBe(`https://www.youtube.com/watch?v=${id}`);
  });

  it.each([
    'https://www.youtube.com/@ana',
    'https://www.youtube.com/watch',
    'https://youtube.com.evil.example/watch?v=dQw4w9WgXcQ',
    'https://user:word@youtube.com/watch?v=dQw4w9WgXcQ',
    'https://youtu.be/',
    'dQw4w9WgXcQ',
    'javascript:alert(1)',
    '@ana',
    '',
  ])('%j is not one', (text) => {
    expect(youtubeVideoUrl(text)).toBeNull();
  });

  it.each([
    ['@ana.silva', '@ana.silva'],
    ['  https://example.com/feed.xml ', 'https://example.com/feed.xml'],
    ['file:///etc/passwd', null],
    ['@', null],
    ['two words', null],
    [`https://example.com/${'x'.repeat(3_000)}`, null],
  ])('%j as a source is %j', (text, wanted) => {
    expect(sourceOf(text)).toBe(wanted);
  });
});
