import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { defaultUserDataDir } from '../desktop/app';
import { expect, test } from '../desktop/fixtures';
import { HiddenApp } from '../desktop/hidden-app';
import { TrayHost } from '../desktop/tray-host';

/** Whether any process of the app is left. */
function isAnyLeft(app: HiddenApp): boolean {
  try {
    return process.kill(-app.pid, 0);
  } catch {
    return false;
  }
}

/** The shell that waits for the app's end: its child with the app's name. */
async function watcherOf(app: HiddenApp): Promise<string> {
  const children = await readFile(`/proc/${app.pid}/task/${app.pid}/children`, 'utf8');
  for (const pid of children.split(' ').filter(Boolean)) {
    if ((await readFile(`/proc/${pid}/comm`, 'utf8')).trim() === 'cliptray') return pid;
  }
  throw new Error('there is no watcher');
}

test('when the session bus ends, the app starts again in the tray, reports it, and can still be quit', async ({
  desktop,
  trayHost,
  simulator,
}) => {
  const addresses = {
    CLIPTRAY_AUTOPOSTING_URL: simulator.autopostingUrl,
    CLIPTRAY_CLIPPING_URL: simulator.clippingUrl,
  };
  const app = await HiddenApp.start(desktop, addresses, join(desktop.home, 'output.log'));
  try {
    await trayHost.waitFor(({ menu }) => menu.length > 0);
    // A socket of Chromium's that it kept open would hide the end of a page from Chromium.
    await expect(async () => {
      expect(await readdir(`/proc/${await watcherOf(app)}/fd`)).toEqual(['0', '1', '2']);
    }).toPass();
    await desktop.restartBus();
    await app.ended;

    const host = await TrayHost.start(desktop.busAddress);
    await host.waitFor(({ menu }) => menu.some(({ label }) => label === 'Quit Cliptray'));
    const reports = join(defaultUserDataDir(desktop), 'crash-reports');
    await expect.poll(async () => (await readdir(reports).catch(() => [])).length).toBe(1);

    // The answer to the click may be lost, since the app ends.
    const quit = () => host.click('Quit Cliptray').catch(() => {});
    await expect.poll(() => quit().then(() => isAnyLeft(app))).toBe(false);
    host.stop();
  } finally {
    if (isAnyLeft(app)) process.kill(-app.pid, 'SIGKILL');
  }
});
