import { describe, expect, it } from 'vitest';
import { type LaunchRequest, parseCommandLine } from '../../../main/desktop/start/command-line';

const line = (given: string[], startsWithApp = false) =>
  parseCommandLine(['/opt/cliptray', ...given], '/videos', startsWithApp);

const started = (asked: Partial<LaunchRequest>) => ({
  wants: 'start',
  start: { hidden: false, uploadPaths: null, importUrl: null, work: null, ...asked },
});

const uploads = (...uploadPaths: string[]) => started({ uploadPaths });

describe('the command line', () => {
  it('opens the window when it asks for nothing', () => {
    expect(line([])).toEqual(started({}));
  });

  it('starts without a window when it is started at login', () => {
    expect(line(['--hidden'])).toEqual(started({ hidden: true }));
  });

  it.each(['--help', '-h'])('prints the help with %s, wherever it stands', (help) => {
    expect(line(['upload', 'a.mp4', help])).toEqual({ wants: 'help' });
  });

  it('prints the version', () => {
    expect(line(['--version'])).toEqual({ wants: 'version' });
  });
});

describe('upload', () => {
  it('takes relative names from the folder the command was given in', () => {
    expect(line(['upload', 'a.mp4', '/other/b c.mov', '../x/./y.mkv', 'sub'])).toEqual(
      uploads('/videos/a.mp4', '/other/b c.mov', '/x/y.mkv', '/videos/sub'),
    );
  });

  it('without a name asks which videos', () => {
    expect(line(['upload'])).toEqual(uploads());
  });

  it('takes no switch for a file: neither Chromium’s nor those that a system adds', () => {
    const switches = ['--no-sandbox', '--enable-x=a b', '-psn_0_1234', '-x', '-'];
    expect(line([...switches, 'upload', ...switches, 'a.mp4', ...switches])).toEqual(
      uploads('/videos/a.mp4'),
    );
  });

  it('takes names after -- as they are, even if they look like switches', () => {
    expect(line(['upload', '--', '-x.mp4', '--help', '--'])).toEqual(
      uploads('/videos/-x.mp4', '/videos/--help', '/videos/--'),
    );
    expect(line(['--', 'upload', '--hidden'])).toEqual(uploads('/videos/--hidden'));
  });

  it('takes a file that has the name of a command', () => {
    expect(line(['upload', 'upload', 'import'])).toEqual(
      uploads('/videos/upload', '/videos/import'),
    );
  });

  it('reads file URLs, as desktops hand them over', () => {
    expect(line(['upload', 'file:///a/b%20c.mp4', 'FILE://localhost/d%C3%A9.mp4'])).toEqual(
      uploads('/a/b c.mp4', '/dé.mp4'),
    );
  });

  it.each([
    ['an empty name, which would be the whole folder', ''],
    ['a file of another computer', 'file://nas/a.mp4'],
    ['a broken URL', 'file:///a%2Fb.mp4'],
    ['a URL that does not decode', 'file:///a%E0%A4%A.mp4'],
    ['a path no file can have', 'file:///a%00b.mp4'],
  ])('refuses %s, and with it the rest', (_name, word) => {
    expect(line(['upload', 'a.mp4', word])).toEqual({
      wants: 'nothing',
      problem: 'no-file',
      word,
      opened: false,
    });
  });

  it('says so when there are more names than reach the running app, instead of losing some', () => {
    const tooMany = { wants: 'nothing', problem: 'too-many' };
    expect(line(['upload', ...Array(1001).fill('a')])).toMatchObject(tooMany);
    expect(line(['upload', ...Array(300).fill(`/${'x'.repeat(100)}`)])).toMatchObject(tooMany);
    expect(line(['upload', `/${'ü'.repeat(14_000)}`])).toMatchObject(tooMany);
    expect(line(['upload', ...Array(250).fill(`/${'x'.repeat(100)}`)])).toMatchObject({
      wants: 'start',
    });
  });
});

describe('files that a file manager opens with the app', () => {
  it('are uploaded, as paths and as URLs', () => {
    expect(line(['--no-sandbox', '/a/b c.mp4', 'file:///d.mov'])).toEqual(
      uploads('/a/b c.mp4', '/d.mov'),
    );
  });

  it('are refused where they are on no disk, for somebody who sees no terminal', () => {
    expect(line(['sftp://host/a.mp4'])).toMatchObject({ problem: 'unknown-word', opened: true });
    expect(line(['/a.mp4', 'file://nas/b.mp4'])).toMatchObject({
      problem: 'no-file',
      opened: true,
    });
    expect(line(Array(1001).fill('/a'))).toMatchObject({ problem: 'too-many', opened: true });
  });

  it('are never guessed from a misspelt command', () => {
    expect(line(['uplaod', '/a.mp4'])).toMatchObject({
      wants: 'nothing',
      problem: 'unknown-word',
      word: 'uplaod',
    });
    expect(line(['a.mp4'])).toMatchObject({ problem: 'unknown-word', opened: false });
  });
});

describe('import', () => {
  it('takes one address, in its normal form', () => {
    expect(line(['import', 'https://host.example/a b.mp4'])).toEqual(
      started({ importUrl: 'https://host.example/a%20b.mp4' }),
    );
  });

  it.each([
    [['import']],
    [['import', '']],
    [['import', 'a.mp4']],
    [['import', 'file:///etc/passwd']],
    [['import', 'https://me:secret@host.example/a.mp4']],
    [['import', 'https://a.example/', 'https://b.example/']],
  ])('refuses %j', (given) => {
    expect(line(given)).toMatchObject({ wants: 'nothing', problem: 'no-url' });
  });
});

describe('start', () => {
  it('takes one link or name as it was typed, or none to be asked for it', () => {
    const link = 'https://youtu.be/tides000001?t=5';
    expect(line(['start', link])).toEqual(started({ work: { source: link } }));
    expect(line(['start', '@harbour'])).toEqual(started({ work: { source: '@harbour' } }));
    expect(line(['start'])).toEqual(started({ work: { source: null } }));
  });

  it.each([
    [['start', 'harbour']],
    [['start', '/videos/a.mp4']],
    [['start', 'file:///etc/passwd']],
    [['start', 'https://me:secret@host.example/']],
    [['start', '@a', '@b']],
  ])('refuses %j', (given) => {
    expect(line(given)).toMatchObject({ wants: 'nothing', problem: 'no-source', opened: false });
  });
});

describe('the app’s own folder in development', () => {
  it('is no file to upload, wherever Chromium has put it', () => {
    expect(line(['.'], true)).toEqual(started({}));
    expect(line(['--no-sandbox', '/opt/app', 'upload', 'a.mp4'], true)).toEqual(
      uploads('/videos/a.mp4'),
    );
    expect(line(['/opt/app', '/a.mp4'], true)).toEqual(uploads('/a.mp4'));
  });

  it('is not looked for in a packaged app: there a folder is uploaded', () => {
    expect(line(['/opt/app'])).toEqual(uploads('/opt/app'));
  });
});
