import type { Page } from '@playwright/test';
import { expect, test } from '../desktop/fixtures';
import { addAccount, stateOf, watchExecutions } from './steps';

/** How long after its time a poll may still be sent on a busy machine. */
const POLL_DELAY_MS = 1_000;

/** When the only account is polled next; null while it is not to be. */
async function nextPollAtMs(page: Page): Promise<number | null | undefined> {
  return Object.values((await stateOf(page)).accounts)[0]?.nextPollAtMs;
}

test('the tray shows active work, and Pause in its menu pauses polling', async ({
  trayHost,
  simulator,
  launchApp,
}) => {
  const app = await launchApp();
  const page = await app.window();
  const idle = await trayHost.waitFor(({ tooltip }) => tooltip.includes('nothing in progress'));
  await simulator.createExecutions({ count: 1 });
  await addAccount(page, { service: 'Clipping', key: simulator.keys.clipping });
  const busy = await trayHost.waitFor(
    ({ menu, tooltip }) =>
      tooltip.includes('1 in progress') &&
      menu.some(({ label }) => / — (Running|Waiting to start)$/.test(label)),
  );
  expect(busy.icon.sha256).not.toBe(idle.icon.sha256);
  expect(busy.icon.width).toBeGreaterThan(0);

  await expect.poll(() => nextPollAtMs(page), { message: 'a poll is planned' }).toBeTruthy();
  const plannedAtMs = Number(await nextPollAtMs(page));
  await trayHost.click('Pause watching');
  await trayHost.waitFor(({ menu }) =>
    menu.some(({ label, checked }) => label === 'Pause watching' && checked),
  );
  await expect(page.getByText('Watching is paused', { exact: true })).toBeVisible();
  expect(await nextPollAtMs(page)).toBeNull();
  const [last] = await simulator.requests({ service: 'clipping', limit: 1 });
  // The time at which it would have been polled has to pass without a request.
  await expect
    .poll(Date.now, { message: 'the planned poll is over', timeout: 60_000 })
    .toBeGreaterThan(plannedAtMs + POLL_DELAY_MS);
  expect(await simulator.requests({ service: 'clipping', afterId: last?.id ?? 0 })).toEqual([]);

  await trayHost.click('Pause watching');
  await simulator.until(
    async () => (await simulator.requests({ service: 'clipping', afterId: last?.id ?? 0 })).length,
  );
});

test('closing the window keeps the tray, polling and the work', async ({
  trayHost,
  simulator,
  launchApp,
}) => {
  const { app, page } = await watchExecutions({ simulator, launchApp, trayHost }, 1);
  await page.close();
  expect(app.electron.windows()).toHaveLength(0);
  await simulator.advance(60_000);
  // There is no notification daemon here, so the tray says that a result waits.
  await trayHost.waitFor(({ tooltip }) => tooltip.includes('1 thing needs you'));

  await trayHost.click('Open Cliptray');
  const again = await app.window();
  await expect(again.getByRole('grid', { name: 'Jobs' }).getByRole('row')).toHaveCount(1);

  await trayHost.click('Quit Cliptray');
  expect(await app.ended()).toBe(0);
});

test('a click on active work in the menu shows it in the window', async ({
  trayHost,
  simulator,
  launchApp,
}) => {
  const app = await launchApp();
  const page = await app.window();
  await simulator.createExecutions({ count: 1 });
  await addAccount(page, { service: 'Clipping', key: simulator.keys.clipping });
  const { menu } = await trayHost.waitFor(({ menu }) =>
    menu.some(({ label }) => label.includes(' — ')),
  );
  await trayHost.click(menu.find(({ label }) => label.includes(' — '))?.label ?? '');
  await expect(page.locator('[data-highlighted]')).toBeVisible();
});

test('without a tray host the app says so and does not hide', async ({ launchApp, simulator }) => {
  const app = await launchApp();
  const page = await app.window();
  await expect(page.getByText('No tray icon on this desktop')).toBeVisible();
  await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  expect(app.electron.windows()).toHaveLength(1);
  expect(app.isRunning).toBe(true);
  expect(simulator.process.exitCode).toBeNull();
});

test('a panel that starts late gets the icon', async ({ desktop, launchApp }) => {
  const app = await launchApp();
  const page = await app.window();
  await expect(page.getByText('No tray icon on this desktop')).toBeVisible();
  const { TrayHost } = await import('../desktop/tray-host');
  const host = await TrayHost.start(desktop.busAddress);
  await host.waitFor(({ menu }) => menu.some(({ label }) => label === 'Open Cliptray'));
  await expect(page.getByText('No tray icon on this desktop')).toBeHidden();
  expect((await stateOf(page)).app.main.environment.trayHost).toBe(true);
  host.stop();
});

test('a second start shows the window of the first, and exits', async ({ trayHost, launchApp }) => {
  const first = await launchApp({ args: ['--hidden'] });
  await trayHost.waitFor();
  expect(first.electron.windows()).toHaveLength(0);
  expect(await first.startAgain()).toBe(0);
  await expect(await first.window()).toHaveTitle('Cliptray');
  expect(first.isRunning).toBe(true);
});
