import type { RunningApp } from '../desktop/app';
import { expect, test } from '../desktop/fixtures';
import { isWindowOpen, pressIn } from '../desktop/native-windows';
import { waitFor } from '../desktop/wait';

test.use({ desktopOptions: { windowManager: true } });

/** The process of the window's page; null without a window, or while it is starting. */
function pageProcess(app: RunningApp): Promise<number | null> {
  return app.electron.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    return (window?.isVisible() && window.webContents.getOSProcessId()) || null;
  });
}

test('a page that was killed is opened again, but not for ever, and not without an answer', async ({
  desktop,
  launchApp,
}) => {
  const app = await launchApp();
  await app.window();
  let pid: number | null = null;
  for (let kills = 0; kills <= 3; kills += 1) {
    const before: number | null = pid;
    pid = await waitFor(
      () => pageProcess(app),
      (found) => found !== null && found !== before,
      { what: `the window after ${kills} kills` },
    );
    process.kill(pid ?? 0, 'SIGKILL');
  }
  await expect.poll(() => isWindowOpen(desktop, 'Cliptray')).toBe(true);
  expect(await pageProcess(app)).toBeNull();
  await pressIn(desktop, 'Cliptray', 'Escape');
  await expect.poll(() => pageProcess(app)).not.toBeNull();
  await expect((await app.window()).getByText('No tray icon on this desktop')).toBeVisible();
});
