import { describe, expect, it } from 'vitest';
import { dispositionName, resultFileName } from '../../../main/domain/file-name';

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
