import { followXembedTray } from '../../main/desktop/system/xembed-tray';
import { expect, test } from '../desktop/fixtures';
import { startTint2 } from '../desktop/tint2';

// tint2 waits 15 s for a window manager.
test.use({ desktopOptions: { keyring: false, windowManager: true } });

test('a panel that embeds icons is found when it starts late, goes, and comes back', async ({
  desktop,
}) => {
  const owners: (number | null)[] = [];
  const logger = { info() {} };
  await followXembedTray(desktop.env.DISPLAY ?? '', (owner) => owners.push(owner), logger);
  expect(owners).toEqual([]);
  const panel = await startTint2(desktop);
  await expect.poll(() => owners).toEqual([expect.any(Number)]);
  await panel.stop();
  await expect.poll(() => owners.at(-1)).toBeNull();
  const again = await startTint2(desktop);
  await expect.poll(() => owners.at(-1)).toEqual(expect.any(Number));
  const known: (number | null)[] = [];
  await followXembedTray(desktop.env.DISPLAY ?? '', (owner) => known.push(owner), logger);
  expect(known).toEqual([owners.at(-1)]);
  await again.stop();
});

test('in a panel without a bus service the icon is shown, and the window closes to it', async ({
  desktop,
  launchApp,
}) => {
  const panel = await startTint2(desktop);
  const app = await launchApp();
  const page = await app.window();
  await expect(page.getByText('No notifications on this desktop')).toBeVisible();
  await expect(page.getByText('No tray icon on this desktop')).toBeHidden();
  await page.close();
  expect(app.electron.windows()).toHaveLength(0);
  expect(app.isRunning).toBe(true);

  const opened = app.electron.waitForEvent('window');
  await expect
    .poll(async () => {
      await panel.click(1);
      return app.electron.windows().length;
    })
    .toBe(1);
  const again = await opened;
  await panel.stop();
  await expect(again.getByText('No tray icon on this desktop')).toBeVisible();
  await startTint2(desktop);
  await expect(again.getByText('No tray icon on this desktop')).toBeHidden();
});
