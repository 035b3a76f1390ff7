import { expect, test } from '../desktop/fixtures';
import { pixelsOf } from '../desktop/screenshot';
import { waitFor } from '../desktop/wait';

test.use({ desktopOptions: { display: 'wayland' } });

/** The background of the page's sidebar; the empty desktop has hardly any of it. */
const PAGE = '#ffffff';
const MANY = 10_000;

test('on Wayland the window appears, and comes back after it was minimised', async ({
  desktop,
  trayHost,
  launchApp,
}) => {
  const shown = (what: string) =>
    waitFor(
      () => pixelsOf(desktop, PAGE),
      (pixels) => pixels > MANY,
      { what },
    );
  expect(await pixelsOf(desktop, PAGE)).toBeLessThan(MANY);
  const app = await launchApp();
  const page = await app.window();
  await shown('the window on the screen');
  await page.getByRole('button', { name: 'Settings' }).first().click();

  await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.minimize());
  await waitFor(
    () => pixelsOf(desktop, PAGE),
    (pixels) => pixels < MANY,
    { what: 'an empty screen' },
  );
  await trayHost.click('Open Cliptray');
  await shown('the window on the screen again');
  // It is the same page, with whatever its user was doing.
  await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible();

  await page.close();
  await trayHost.click('Open Cliptray');
  await shown('a new window');
});
