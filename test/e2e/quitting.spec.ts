import type { RunningApp } from '../desktop/app';
import { dropFiles } from '../desktop/drop';
import { expect, test } from '../desktop/fixtures';
import { answerDialog, isWindowOpen, pressIn } from '../desktop/native-windows';
import type { VirtualDesktop } from '../desktop/virtual-desktop';
import { faults, type Simulator } from '../simulator/client';
import { makeVideo, openJobs } from './steps';

const MIB = 1024 * 1024;
const QUESTION = 'Quit Cliptray';

// Keys reach a native dialog only through a window manager.
test.use({ desktopOptions: { windowManager: true } });

/** The app with an upload that does not end. */
async function uploading(parts: {
  desktop: VirtualDesktop;
  simulator: Simulator;
  launchApp: () => Promise<RunningApp>;
}): Promise<RunningApp> {
  const { desktop, simulator, launchApp } = parts;
  const path = await makeVideo(desktop, 'long.mov', 12 * MIB);
  await simulator.addFault({
    service: 'storage',
    times: 'always',
    action: faults.stallAfterRequestBytes(1000),
  });
  const { app, page } = await openJobs({ simulator, launchApp });
  await dropFiles(page.locator('body'), [path]);
  await simulator.until(async () => (await simulator.danglingUploads()).length === 1);
  return app;
}

test('quitting during an upload asks first; the upload is neither lost nor cancelled', async ({
  desktop,
  trayHost,
  simulator,
  launchApp,
}) => {
  const app = await uploading({ desktop, simulator, launchApp });
  await trayHost.waitFor(({ tooltip }) => tooltip.startsWith('Uploading 1 video'));

  await trayHost.click('Quit Cliptray');
  await answerDialog(desktop, QUESTION, 'Escape');
  expect(app.isRunning).toBe(true);

  // From outside: what Playwright types does not pass through the window's own keys.
  await pressIn(desktop, 'Cliptray', 'ctrl+q');
  await answerDialog(desktop, QUESTION, 'Return');
  expect(await app.ended()).toBe(0);
  expect(await simulator.danglingUploads()).toHaveLength(1);
});

test('the end of the desktop session asks nothing, and does not wait for an open question', async ({
  desktop,
  trayHost,
  simulator,
  launchApp,
}) => {
  const app = await uploading({ desktop, simulator, launchApp });
  await trayHost.waitFor(({ tooltip }) => tooltip.startsWith('Uploading 1 video'));
  app.terminate();
  await app.ended();
  expect(await isWindowOpen(desktop, QUESTION)).toBe(false);

  const again = await launchApp();
  await trayHost.waitFor(({ tooltip }) => tooltip.startsWith('Uploading 1 video'));
  // Soon after its start the app creates its icon again, once it knows that there is a tray.
  await expect(() => trayHost.click('Quit Cliptray')).toPass();
  await expect.poll(() => isWindowOpen(desktop, QUESTION)).toBe(true);
  again.terminate();
  await again.ended();
});

test('quitting without unfinished uploads asks nothing', async ({ trayHost, launchApp }) => {
  const app = await launchApp();
  await app.window();
  await trayHost.waitFor();
  await trayHost.click('Quit Cliptray');
  expect(await app.ended()).toBe(0);
});

test('uploads are paused and resumed from the tray', async ({
  desktop,
  trayHost,
  simulator,
  launchApp,
}) => {
  await uploading({ desktop, simulator, launchApp });
  await trayHost.waitFor(({ menu }) => menu.some(({ label }) => label === 'Pause uploads'));
  await trayHost.click('Pause uploads');
  await trayHost.waitFor(({ menu }) => menu.some(({ label }) => label === '1 upload is paused'));
  await trayHost.click('Resume uploads');
  await trayHost.waitFor(({ menu }) => menu.some(({ label }) => label === 'Pause uploads'));
});
