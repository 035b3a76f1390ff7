import { readFile } from 'node:fs/promises';
import { expect, test } from '../desktop/fixtures';

test('the page has a strict policy, no Node, and cannot leave, open windows or ask for permissions', async ({
  launchApp,
  trayHost,
}) => {
  const app = await launchApp();
  await trayHost.waitFor();
  const page = await app.window();
  expect(page.url()).toBe('app://cliptray/index.html');
  const found = await page.evaluate(async () => {
    const blocked: string[] = [];
    document.addEventListener('securitypolicyviolation', (event) =>
      blocked.push(event.effectiveDirective),
    );
    const script = document.createElement('script');
    script.textContent = 'window.inlineRan = true';
    document.body.append(script);
    const image = new Image();
    image.src = 'https://example.com/x.png';
    await new Promise((done) => {
      image.onerror = done;
    });
    const network = await fetch('https://example.com/').then(
      () => 'reached',
      () => 'refused',
    );
    const permission = await navigator.permissions.query({ name: 'geolocation' });
    return {
      blocked,
      inlineRan: 'inlineRan' in window,
      network,
      opened: window.open('https://example.com/') !== null,
      permission: permission.state,
      node: ['require', 'process', 'module', 'Buffer'].filter((name) => name in window),
      bridge: Object.keys(window.cliptray).sort(),
    };
  });
  expect(found.inlineRan).toBe(false);
  expect(found.blocked).toEqual(
    expect.arrayContaining(['script-src-elem', 'img-src', 'connect-src']),
  );
  expect(found.network).toBe('refused');
  expect(found.opened).toBe(false);
  expect(found.permission).toBe('denied');
  expect(found.node).toEqual([]);
  expect(found.bridge).toEqual(['locale', 'onNavigate', 'onPatches', 'pathOf', 'run', 'snapshot']);

  await page.evaluate(() => {
    location.href = 'https://example.com/';
  });
  await expect.poll(() => app.output).toContain('navigation refused');
  expect(page.url()).toBe('app://cliptray/index.html');
});

test('a call with a wrong payload or an unknown verb is refused before it does anything', async ({
  launchApp,
  trayHost,
}) => {
  const app = await launchApp();
  await trayHost.waitFor();
  const page = await app.window();
  const answers = await page.evaluate(async () => {
    const run = window.cliptray.run as (verb: string, request: unknown) => Promise<unknown>;
    const calls: [string, unknown][] = [
      ['account.add', { service: 'clipping' }],
      ['account.add', null],
      ['uploads.add', { paths: '/etc/passwd', accountId: null }],
      ['settings.change', { theme: 'dark', extra: true }],
      ['watch.setPaused', { paused: 'yes' }],
      ['__proto__', {}],
      ['constructor', {}],
      ['shell.openExternal', 'file:///etc/passwd'],
    ];
    return Promise.all(
      calls.map(([verb, request]) =>
        run(verb, request).then(
          () => 'accepted',
          () => 'refused',
        ),
      ),
    );
  });
  expect(answers).toEqual(answers.map(() => 'refused'));
  const { app: state } = await page.evaluate(async () => (await window.cliptray.snapshot()).state);
  expect(state.main).toMatchObject({ paused: false, settings: { theme: 'system' } });
});

test('the page’s process is in Chromium’s sandbox, wherever Chromium can have one', async ({
  launchApp,
}) => {
  // As root, Chromium does not start with its sandbox, so the tests turn it off: see chromiumSwitches.
  test.skip(process.getuid?.() === 0, 'root has no sandbox');
  const app = await launchApp();
  await app.window();
  const pids = await app.electron.evaluate(({ webContents }) =>
    webContents.getAllWebContents().map((contents) => contents.getOSProcessId()),
  );
  expect(pids).toHaveLength(1);
  const status = await readFile(`/proc/${pids[0]}/status`, 'utf8');
  // 2: filtered system calls. https://docs.kernel.org/filesystems/proc.html
  expect(/^Seccomp:\s*(\d)/m.exec(status)?.[1]).toBe('2');
  // It sees no process but its own: it is in a namespace inside ours.
  expect(/^NSpid:\s*(.*)$/m.exec(status)?.[1]?.split(/\s+/).length).toBeGreaterThan(1);
});

test('windows have sandbox and isolation on', async ({ launchApp, trayHost }) => {
  const app = await launchApp();
  await trayHost.waitFor();
  await app.window();
  const preferences = await app.electron.evaluate(({ webContents }) =>
    webContents.getAllWebContents().map((contents) => {
      const { sandbox, contextIsolation, nodeIntegration, webviewTag } = (
        contents as unknown as { getLastWebPreferences(): Electron.WebPreferences }
      ).getLastWebPreferences();
      return { sandbox, contextIsolation, nodeIntegration, webviewTag };
    }),
  );
  expect(preferences).toEqual([
    { sandbox: true, contextIsolation: true, nodeIntegration: false, webviewTag: false },
  ]);
});
