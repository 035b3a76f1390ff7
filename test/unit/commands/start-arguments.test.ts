import { describe, expect, it } from 'vitest';
import { parseStartArguments } from '../../../main/commands/start-arguments';

const parse = (...given: string[]) => parseStartArguments(['/opt/cliptray', ...given], '/videos');

describe('the command line', () => {
  it('uploads the files it names, from the folder it was given in', () => {
    expect(parse('upload', 'a.mp4', '/other/b c.mov').uploadPaths).toEqual([
      '/videos/a.mp4',
      '/other/b c.mov',
    ]);
  });

  it('takes none of the switches that Chromium puts in for a file', () => {
    expect(parse('/app', '--no-sandbox', 'upload', '--enable-x=y', 'a.mp4').uploadPaths).toEqual([
      '/videos/a.mp4',
    ]);
  });

  it('uploads nothing unless it is told to', () => {
    expect(parse('a.mp4')).toEqual({ hidden: false, uploadPaths: [] });
    expect(parse()).toEqual({ hidden: false, uploadPaths: [] });
  });

  it('starts without a window when the login asks for it', () => {
    expect(parse('--hidden').hidden).toBe(true);
  });
});
