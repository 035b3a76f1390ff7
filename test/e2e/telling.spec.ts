import { expect, test } from '../desktop/fixtures';
import { addAccount, goTo, openJobs, row, stateOf, watchExecutions } from './steps';

/** Long enough for a second notification to come, if one was to come. */
const QUIET_MS = 5000;

test('a render that completes is told exactly once, and a click opens that job', async ({
  trayHost,
  notifications,
  simulator,
  launchApp,
}) => {
  const [clip] = await simulator.createClips({ status: 'ready', title: 'Podcast 12' });
  const { app, page } = await openJobs({ simulator, launchApp });
  await row(page, 'Podcast 12')
    .getByRole('button', { name: /^Choose what to render/ })
    .click();
  await row(page, 'Podcast 12')
    .getByRole('button', { name: /^Render / })
    .first()
    .click();
  await expect(row(page, 'Podcast 12').getByText('Rendering').first()).toBeVisible();
  await goTo(page, 'Settings');
  await page.close();

  await simulator.advance(60_000);
  const told = await notifications.waitFor(({ body }) => body.startsWith('Render finished'), {
    timeoutMs: 20_000,
  });
  expect(told.summary).toContain(clip?.title);
  notifications.invoke(told.id);
  const again = await app.window();
  await expect(again.locator('[data-highlighted]')).toContainText('Podcast 12');
  await expect(again.getByRole('button', { name: 'Open Podcast 12' })).toBeVisible();
  await trayHost.waitFor(({ menu }) => menu.some(({ label }) => label === 'Podcast 12'));

  await again.evaluate((delayMs) => new Promise((done) => setTimeout(done, delayMs)), QUIET_MS);
  expect(notifications.notifications.map(({ body }) => body)).toEqual([told.body]);
  await app.stop();

  await simulator.clearLog();
  const restarted = await launchApp();
  const page2 = await restarted.window();
  await simulator.until(async () => (await simulator.requests({ service: 'autoposting' })).length);
  await page2.evaluate((delayMs) => new Promise((done) => setTimeout(done, delayMs)), QUIET_MS);
  expect(notifications.notifications).toHaveLength(1);
});

test('a failed execution is told as failed, with the words of the service in the window', async ({
  trayHost,
  notifications,
  simulator,
  launchApp,
}) => {
  const {
    page,
    executions: [execution],
  } = await watchExecutions({ simulator, launchApp, trayHost }, 1);
  const words = 'o vídeo é privado e não pôde ser lido';
  await simulator.setFields(execution?.id ?? '', { error: words });
  await simulator.setStatus(execution?.id ?? '', 'error');
  const told = await notifications.waitFor(() => true, { timeoutMs: 20_000 });
  expect(told.body).toContain('Failed at Clipping');
  notifications.invoke(told.id);
  await expect(page.locator('[data-highlighted]').getByText('Failed').first()).toBeVisible();
  await expect(page.locator('[data-highlighted]')).toContainText(words);
  await trayHost.waitFor(({ tooltip }) => tooltip.includes('nothing in progress'));
  expect(notifications.notifications).toHaveLength(1);
});

test('completions while the app was off are told at its start, and only then', async ({
  trayHost,
  notifications,
  simulator,
  launchApp,
}) => {
  const { app } = await watchExecutions({ simulator, launchApp, trayHost }, 5);
  await app.kill();
  await simulator.advance(60_000);
  await launchApp({ args: ['--hidden'] });
  const digest = await notifications.waitFor(() => true, { timeoutMs: 20_000 });
  expect(digest.summary).toBe('While you were away');
  expect(digest.body).toBe('5 finished');
});

test('without a notification daemon the window says so, and the result waits in it', async ({
  trayHost,
  simulator,
  launchApp,
}) => {
  const app = await launchApp();
  const page = await app.window();
  await expect(page.getByText('No notifications on this desktop')).toBeVisible();
  await simulator.createExecutions({ count: 1 });
  await addAccount(page, { service: 'Clipping', key: simulator.keys.clipping });
  await trayHost.waitFor(({ tooltip }) => tooltip.includes('1 in progress'));
  await simulator.advance(60_000);
  await goTo(page, 'Jobs');
  await expect(page.getByRole('row').getByText('New')).toBeVisible();
  expect((await stateOf(page)).app.main.environment.notifications).toBe(false);
});

test('the test notification of the settings says the truth', async ({
  notifications,
  launchApp,
  trayHost,
}) => {
  const app = await launchApp();
  await trayHost.waitFor();
  const page = await app.window();
  await goTo(page, 'Settings');
  await page.getByRole('button', { name: 'Send a test notification' }).click();
  await expect(page.getByText('Sent. It should be on your screen now.')).toBeVisible();
  expect(notifications.notifications).toHaveLength(1);
  notifications.stop();
  await page.getByRole('button', { name: 'Send a test notification' }).click();
  await expect(page.getByText('It was not shown')).toBeVisible();
});
