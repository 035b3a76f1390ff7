import { describe, expect, it } from 'vitest';
import {
  dispositionName,
  fileNameWithin,
  resultFileName,
  safeFileName,
} from '../../../main/domain/file-name';

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

  it('is the given title where there is one, shortened before its extension', () => {
    const from = { disposition: 'x; filename="a.webm"', url: 'https://cdn.example/b.mp4' };
    expect(resultFileName({ title: 'The tide: part 1/2', ...from })).toBe(
      'The tide- part 1-2.webm',
    );
    const long = resultFileName({ title: 'é'.repeat(400), ...from });
    expect(long.length).toBeLessThanOrEqual(100);
    expect(long.endsWith('.webm')).toBe(true);
  });

  it('is empty where the header proposes none', () => {
    expect(dispositionName('inline')).toBeNull();
    expect(dispositionName(null)).toBeNull();
  });
});

const FAMILY = '👨‍👩‍👧‍👦';
const WALES = '\u{1F3F4}\u{E0067}\u{E0062}\u{E0077}\u{E006C}\u{E0073}\u{E007F}';
const PERSIAN = 'می\u200Cخواهم';
const SINHALA = 'ශ්\u200Dරී';

describe('a file name of any writing', () => {
  const result = (title: string) =>
    resultFileName({ title, disposition: null, url: 'https://cdn.example/b.mp4' });

  it.each([
    ['84 Chinese characters', '界'.repeat(84)],
    ['63 emoji', '🎬'.repeat(63)],
    ['families', FAMILY.repeat(40)],
    ['flags', WALES.repeat(40)],
    ['letters with many marks', `e${'\u0301'.repeat(30)}`.repeat(20)],
    ['one letter with more marks than a name has bytes', `e${'\u0301'.repeat(5_000)}`],
    ['Hindi', 'क्षत्रिय '.repeat(60)],
    ['a mix whose border falls anywhere', `a${'é界🎬'.repeat(60)}`],
  ])('of %s fits into a folder, with a counter too', (_what, title) => {
    for (const limit of [255, 143, 60]) {
      for (const counter of ['', ' (2)', ' (1000)']) {
        const name = fileNameWithin(result(title), limit, counter);
        expect(Buffer.byteLength(name)).toBeLessThanOrEqual(limit);
        expect(name.endsWith(`${counter}.mp4`)).toBe(true);
        expect(name.length).toBeGreaterThan(`${counter}.mp4`.length);
        expect(name).not.toMatch(/\p{Cs}/u);
      }
    }
  });

  it('ends between two characters as a person sees them', () => {
    const whole = new RegExp(`^(${FAMILY})+$`, 'u');
    for (let limit = 40; limit < 130; limit += 1) {
      expect(fileNameWithin(`${FAMILY.repeat(9)}.mp4`, limit).replace('.mp4', '')).toMatch(whole);
    }
    expect(result(WALES.repeat(40)).replace('.mp4', '')).toMatch(new RegExp(`^(${WALES})+$`, 'u'));
  });

  it('keeps the joiners of words, emoji and flags, and drops what reverses or hides text', () => {
    expect(result(`${PERSIAN} ${SINHALA} ${FAMILY} ${WALES} ❤️`)).toBe(
      `${PERSIAN} ${SINHALA} ${FAMILY} ${WALES} ❤️.mp4`,
    );
    expect(result('a\u202Egpj\u2066b\u200Bc\uFEFFd')).toBe('a gpj b c d.mp4');
    expect(result('hidden\u{E0068}\u{E0069}')).toBe('hidden.mp4');
    expect(result('\u{1F3F4}\u{E0068}\u{E0069} no region')).toBe('\u{1F3F4}  no region.mp4');
    expect(result('\u200D\u200C\u200D')).toBe('clip.mp4');
  });

  it.each([
    ['CON', '_CON.mp4'],
    ['com¹', '_com¹.mp4'],
    ['lpt9.tar', '_lpt9.tar.mp4'],
    ['aux ', '_aux.mp4'],
    ['CONIN$', '_CONIN$.mp4'],
    ['console', 'console.mp4'],
    ['ends with dots. . .', 'ends with dots.mp4'],
  ])('%j is no device of Windows, and ends in nothing that it drops: %j', (title, name) => {
    expect(result(title)).toBe(name);
  });

  it('that was cut does not end in a space or a dot', () => {
    for (const name of [`${'x'.repeat(99)} y`, `${'x'.repeat(139)}. y z`, '. '.repeat(300)]) {
      expect(safeFileName(name, 'text')).not.toMatch(/[\s.]$/);
    }
  });
});
