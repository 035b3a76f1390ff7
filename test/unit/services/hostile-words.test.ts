import { describe, expect, it } from 'vitest';
import { longText } from '../../../main/domain/display-text';
import { sourceOf, youtubeVideoUrl } from '../../../main/domain/execution';
import { dispositionName, resultFileName } from '../../../main/domain/file-name';
import { tokenExpiresAtMs } from '../../../main/domain/realtime';

describe('the name of a result', () => {
  const name = (disposition: string | null, url = 'https://cdn.example/r/job_1.mp4') =>
    resultFileName({ title: null, disposition, url });

  it.each<[string | null, string, string]>([
    [null, 'https://cdn.example/r/job_1.mp4?sig=x', 'job_1.mp4'],
    [null, 'https://cdn.example/', 'clip.mp4'],
    [null, 'https://cdn.example/%E0%A4%A', 'clip.mp4'],
    [null, 'https://cdn.example/a%2F..%2F..%2Fetc%2Fpasswd', 'a-..-..-etc-passwd.mp4'],
    ['attachment; filename="talk.webm"', 'https://cdn.example/x', 'talk.webm'],
    [
      "attachment; filename=a.mp4; filename*=UTF-8''ol%C3%A1.mov",
      'https://cdn.example/x',
      'olá.mov',
    ],
    ['attachment; filename="../../.bashrc"', 'https://cdn.example/x', 'bashrc.mp4'],
    ['attachment; filename="C:\\\\x\\\\con.mp4"', 'https://cdn.example/x', 'C-x-con.mp4'],
    ['attachment; filename="con.mp4"', 'https://cdn.example/x', '_con.mp4'],
    ['attachment; filename="clip.mp4.exe"', 'https://cdn.example/x', 'clip.mp4.exe.mp4'],
    ['attachment; filename="run.desktop"', 'https://cdn.example/x', 'run.desktop.mp4'],
    ['attachment; filename="\u202Egpj.mp4"', 'https://cdn.example/x', 'gpj.mp4'],
    [`attachment; filename="${'x'.repeat(5_000)}.mp4"`, 'https://cdn.example/y.mp4', 'y.mp4'],
  ])('of %j at %s stays in its folder and is a video', (disposition, url, wanted) => {
    expect(name(disposition, url)).toBe(wanted);
  });

  it('is the given title where there is one, cut before its ending', () => {
    const from = { disposition: 'x; filename="a.webm"', url: 'https://cdn.example/b.mp4' };
    expect(resultFileName({ title: 'The tide: part 1/2', ...from })).toBe(
      'The tide- part 1-2.webm',
    );
    const long = resultFileName({ title: 'é'.repeat(400), ...from });
    expect(long.length).toBeLessThanOrEqual(100);
    expect(long.endsWith('.webm')).toBe(true);
  });

  it('is nothing where the header proposes none', () => {
    expect(dispositionName('inline')).toBeNull();
    expect(dispositionName(null)).toBeNull();
  });
});

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
  ])('%j is none', (text) => {
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

describe('a session token', () => {
  const token = (claims: string) => `h.${Buffer.from(claims).toString('base64url')}.s`;

  it.each<[string, number | null]>([
    [token('{"exp":1800000000,"name":"olá?>~"}'), 1_800_000_000_000],
    [token('{"exp":"soon"}'), null],
    [token('{}'), null],
    [token('null'), null],
    [token('not json'), null],
    ['no token', null],
    ['a.!!!.c', null],
    [`a.${'x'.repeat(9_000)}.c`, null],
  ])('%s tells when it ends, or nothing', (text, wanted) => {
    expect(tokenExpiresAtMs(text)).toBe(wanted);
  });
});

describe('a long text of a service', () => {
  it('keeps its lines and shows what would hide or turn it', () => {
    expect(longText('a\r\nb\tc\u202Ed\u0000', 100)).toEqual({
      text: 'a\nb\tc\\u202ed\\u0000',
      cut: false,
    });
  });

  it('is cut, also when it only grows by what is written out', () => {
    expect(longText('\u0000'.repeat(10), 10)).toEqual({ text: '\\u0000\\u00', cut: true });
  });
});
