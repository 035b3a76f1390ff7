import { describe, expect, it } from 'vitest';
import { canLiveInTray, platformOf } from '../../../main/desktop/platform';
import { applyLoginItem, autostartEntry } from '../../../main/desktop/start/login-item-linux';
import { openableUrl } from '../../../main/desktop/system/openable-url';
import { trayIconFile } from '../../../main/desktop/tray/tray-icon-file';
import { pageFile } from '../../../main/desktop/window/page-file';
import { shortTitle } from '../../../main/domain/short-title';

describe('the tray icon', () => {
  it('is a template on macOS, so that it is visible on light and dark menu bars', () => {
    expect(trayIconFile('darwin', 'working')).toEqual({
      name: 'workingTemplate.png',
      template: true,
    });
    expect(trayIconFile('win32', 'idle')).toEqual({ name: 'idle.png', template: false });
    expect(trayIconFile('linux', 'idle').template).toBe(false);
  });

  it('is relied on only where there is a tray: a window hidden without one is lost', () => {
    expect(canLiveInTray('linux', false)).toBe(false);
    expect(canLiveInTray('linux', true)).toBe(true);
    expect(canLiveInTray('darwin', false)).toBe(true);
    expect(canLiveInTray('win32', false)).toBe(true);
  });

  it('treats other Unixes like Linux', () => {
    expect(platformOf('freebsd')).toBe('linux');
    expect(platformOf('darwin')).toBe('darwin');
  });
});

describe('starting at login', () => {
  function apply(platform: 'linux' | 'darwin' | 'win32', enabled: boolean) {
    const done: string[] = [];
    applyLoginItem(
      {
        platform,
        setLoginItem: (item) => done.push(`item ${item.openAtLogin} ${item.args.join(' ')}`),
        autostartFolder: '/config/autostart',
        writeFile: (path) => done.push(`write ${path}`),
        removeFile: (path) => done.push(`remove ${path}`),
        command: ['/opt/cliptray'],
      },
      enabled,
    );
    return done;
  }

  it('uses the system’s login items on macOS and Windows, without a window', () => {
    expect(apply('darwin', true)).toEqual(['item true --hidden']);
    expect(apply('win32', false)).toEqual(['item false --hidden']);
  });

  it('writes an autostart entry on Linux, where Electron has none, and takes it away again', () => {
    expect(apply('linux', true)).toEqual(['write /config/autostart/cliptray.desktop']);
    expect(apply('linux', false)).toEqual(['remove /config/autostart/cliptray.desktop']);
  });

  it('starts a program whose path has spaces, quotes, percents and dollars', () => {
    const entry = autostartEntry(['/opt/my "app"/100%/$x']);
    expect(entry).toContain(String.raw`Exec="/opt/my \\"app\\"/100%%/\\$x" "--hidden"`);
  });
});

describe('an address from a service', () => {
  it.each([
    'http://evil.example/x',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'smb://host/share',
    'https://user:pass@host/x',
    'ms-msdt:/id',
    'not an address',
    '',
  ])('is not opened: %s', (address) => {
    expect(openableUrl(address, true)).toBeNull();
  });

  it('is opened exactly as it was checked', () => {
    expect(openableUrl('https://cdn.example/a b.mp4', false)).toBe('https://cdn.example/a%20b.mp4');
  });

  it('on this machine is opened only while the services run here', () => {
    expect(openableUrl('http://127.0.0.1:8080/x', true)).toBe('http://127.0.0.1:8080/x');
    expect(openableUrl('http://127.0.0.1:8080/x', false)).toBeNull();
    expect(openableUrl('http://127.0.0.1.evil.example/x', true)).toBeNull();
  });
});

describe('a page of the window', () => {
  const file = (address: string) => pageFile(address, '/app/renderer');

  it('is a file of the renderer', () => {
    expect(file('app://cliptray/index.html')).toBe('/app/renderer/index.html');
    expect(file('app://cliptray/assets/x.js?v=1#y')).toBe('/app/renderer/assets/x.js');
  });

  it.each(['app://cliptray/../../etc/passwd.html', 'app://cliptray/%2e%2e/%2e%2e/index.html'])(
    'cannot climb out of its folder: %s',
    (address) => {
      expect(file(address)).toMatch(/^\/app\/renderer\//);
    },
  );

  it.each([
    'app://cliptray/..%2f..%2findex.html',
    'app://cliptray/%00.html',
    'app://cliptray/%E0%A4%A.html',
    'app://cliptray/database.db',
    'app://other/index.html',
    'app://cliptray.evil/index.html',
    'file:///app/renderer/index.html',
    'not an address',
  ])('is nothing else: %s', (address) => {
    expect(file(address)).toBeNull();
  });
});

describe('a title in menus and notifications', () => {
  it('is one line without characters that could turn or hide text', () => {
    expect(shortTitle('a\nb\u202egpj.mp4\u0007')).toBe('a b gpj.mp4');
  });

  it('keeps its end, which tells takes apart, and never cuts a character in two', () => {
    const short = shortTitle(`${'🎬'.repeat(60)}_take_12.mp4`);
    expect(short).toMatch(/…_take_12\.mp4$/);
    expect([...short]).toHaveLength(40);
  });
});
