import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { Settings } from '../../preload/contract';
import { dropFiles } from '../desktop/drop';
import { expect, test } from '../desktop/fixtures';
import { faults } from '../simulator/client';
import { untilAllIsShown, untilHeldBack } from './outbox';
import {
  addAccount,
  addBothAccounts,
  goTo,
  makeVideo,
  openJobs,
  row,
  stateOf,
  watchExecutions,
} from './steps';

const changeSettings = (page: Page, changes: Partial<Settings>) =>
  page.evaluate((asked) => window.cliptray.run('settings.change', asked), changes);

/** Starts the render of the first part of the clip that has none. */
async function renderNext(page: Page): Promise<void> {
  const line = row(page, 'Podcast 12');
  const choose = line.getByRole('button', { name: /^Choose what to render/ });
  const render = line.getByRole('button', { name: /^Render / }).first();
  await expect(choose.or(render).first()).toBeVisible();
  if (!(await render.isVisible())) await choose.click();
  await render.click();
  await expect(line.getByText(/^(Waiting to start|Rendering)/).first()).toBeVisible();
}

/** Waits until the window shows so many results as new. */
const expectNew = (page: Page, count: number) =>
  expect(page.getByRole('row').filter({ hasText: 'New' })).toHaveCount(count);

test('a completed render is notified exactly once, and a click opens that job', async ({
  desktop,
  trayHost,
  notifications,
  simulator,
  launchApp,
}) => {
  const [clip] = await simulator.createClips({ status: 'ready', title: 'Podcast 12' });
  const { app, page } = await openJobs({ simulator, launchApp });
  await renderNext(page);
  await goTo(page, 'Settings');
  await page.close();

  await simulator.advance(60_000);
  const told = await notifications.waitFor(({ body }) => body.startsWith('Render finished'), {});
  expect(told.summary).toContain(clip?.title);
  notifications.invoke(told.id);
  const again = await app.window();
  await expect(again.locator('[data-highlighted]')).toContainText('Podcast 12');
  await expect(again.getByRole('button', { name: 'Open Podcast 12' })).toBeVisible();
  await trayHost.waitFor(({ menu }) => menu.some(({ label }) => label === 'Podcast 12'));

  await untilAllIsShown(again, desktop);
  expect(notifications.notifications.map(({ body }) => body)).toEqual([told.body]);
  await app.stop();

  await simulator.clearLog();
  const restarted = await launchApp();
  const page2 = await restarted.window();
  await simulator.until(async () => (await simulator.requests({ service: 'autoposting' })).length);
  await untilAllIsShown(page2, desktop);
  expect(notifications.notifications).toHaveLength(1);
});

test('a failed execution is notified as failed, with the words of the service in the window', async ({
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
  const told = await notifications.waitFor();
  expect(told.body).toContain('Failed at Clipping');
  notifications.invoke(told.id);
  await expect(page.locator('[data-highlighted]').getByText('Failed').first()).toBeVisible();
  await expect(page.locator('[data-highlighted]')).toContainText(words);
  await trayHost.waitFor(({ tooltip }) => tooltip.includes('nothing in progress'));
  expect(notifications.notifications).toHaveLength(1);
});

test('what ended while the app was off is notified in one digest at its next start', async ({
  trayHost,
  notifications,
  simulator,
  launchApp,
}) => {
  const { app } = await watchExecutions({ simulator, launchApp, trayHost }, 5);
  await app.kill();
  await simulator.advance(60_000);
  await launchApp({ args: ['--hidden'] });
  const digest = await notifications.waitFor();
  expect(digest.summary).toBe('While you were away');
  expect(digest.body).toBe('5 finished');
});

test('what ended at two accounts while the app was off makes one notification', async ({
  desktop,
  trayHost,
  notifications,
  simulator,
  launchApp,
}) => {
  await simulator.createClips({ status: 'processing', title: 'Podcast 12' });
  const app = await launchApp();
  const page = await app.window();
  await simulator.createExecutions({ count: 2 });
  await addBothAccounts(page, simulator);
  await trayHost.waitFor(({ tooltip }) => tooltip.includes('3 in progress'));
  await app.kill();
  await simulator.advance(60_000);
  // One account answers later than the other; the digest has to wait for both.
  await simulator.addFault({ service: 'clipping', times: 'always', action: faults.delayed(3000) });
  const again = await launchApp();
  const window = await again.window();
  await notifications.waitFor();
  await untilAllIsShown(window, desktop);
  expect(notifications.notifications.map(({ summary, body }) => [summary, body])).toEqual([
    ['While you were away', '3 finished'],
  ]);
});

test('a first result replaces the clip’s “choose what to render”, and a second result replaces none', async ({
  trayHost,
  notifications,
  simulator,
  launchApp,
}) => {
  await simulator.createClips({ status: 'processing', title: 'Podcast 12' });
  const { page } = await openJobs({ simulator, launchApp });
  await trayHost.waitFor(({ tooltip }) => tooltip.includes('1 in progress'));
  await simulator.advance(60_000);
  const ready = await notifications.waitFor();
  expect(ready.body).toBe('Processed. Choose what to render.');
  await renderNext(page);
  await renderNext(page);
  await simulator.advance(60_000);
  const isResult = ({ body }: { body: string }) => body.startsWith('Render finished');
  const first = await notifications.waitFor(isResult);
  const second = await notifications.waitFor(
    (told) => isResult(told) && told.summary !== first.summary,
  );
  expect([first.replacesId, second.replacesId]).toEqual([ready.id, 0]);
  expect(notifications.openIds).toEqual([first.id, second.id]);
});

test('a result can be opened and its link copied from the notification', async ({
  desktop,
  trayHost,
  notifications,
  simulator,
  launchApp,
}) => {
  await simulator.createClips({ status: 'ready', title: 'Podcast 12' });
  const { app, page } = await openJobs({ simulator, launchApp });
  await trayHost.waitFor();
  await renderNext(page);
  await simulator.advance(60_000);
  const told = await notifications.waitFor();
  expect(told.actions.map(({ label }) => label)).toEqual(['Show', 'Open', 'Copy link']);
  notifications.invoke(told.id, 'copy');
  const copied = () => app.electron.evaluate(({ clipboard }) => clipboard.readText());
  await expect.poll(copied).toContain('http');

  await renderNext(page);
  await page.close();
  await simulator.advance(60_000);
  const next = await notifications.waitFor(({ id }) => id !== told.id);
  // The browser is given the token that lets it take the focus on Wayland.
  const file = join(desktop.home, 'opened-with');
  await desktop.addProgram(
    'xdg-open',
    `#!/bin/sh\nprintf '%s %s' "$XDG_ACTIVATION_TOKEN" "$1" > '${file}'\n`,
  );
  notifications.invoke(next.id, 'open', 'token-7');
  const opened = () => readFile(file, 'utf8').catch(() => '');
  await expect.poll(opened).toContain(new URL(await copied()).origin);
  expect(await opened()).toContain('token-7 ');
  expect(app.electron.windows()).toHaveLength(0);
});

test('a failed upload can be retried from its notification', async ({
  desktop,
  notifications,
  simulator,
  launchApp,
}) => {
  const path = await makeVideo(desktop, 'stopped.mov', 1024 * 1024);
  const { page } = await openJobs({ simulator, launchApp });
  await simulator.addFault({ path: '/clips/upload/presign', action: faults.noCredit() });
  await dropFiles(page.locator('body'), [path]);
  const told = await notifications.waitFor();
  expect(told.summary).toBe('stopped.mov');
  expect(told.actions.map(({ label }) => label)).toEqual(['Show', 'Retry', 'Show in folder']);
  notifications.invoke(told.id, 'retry');
  await simulator.until(async () => (await simulator.clips())[0]?.status === 'processing');
});

test('quiet hours hold notifications back, and afterwards there is one digest', async ({
  desktop,
  trayHost,
  notifications,
  simulator,
  launchApp,
}) => {
  const { page } = await watchExecutions({ simulator, launchApp, trayHost }, 2);
  const minute = await page.evaluate(() => new Date().getHours() * 60 + new Date().getMinutes());
  const around = (offset: number) => (minute + offset + 1440) % 1440;
  await changeSettings(page, { quietHours: { fromMinute: around(-60), toMinute: around(60) } });
  await goTo(page, 'Jobs');
  await simulator.advance(60_000);
  await expectNew(page, 2);
  await untilHeldBack(page, desktop, 2);
  expect(notifications.notifications).toEqual([]);
  await changeSettings(page, { quietHours: null });
  const told = await notifications.waitFor();
  expect([told.summary, told.body]).toEqual(['While it was quiet', '2 finished']);
  await untilAllIsShown(page, desktop);
  expect(notifications.notifications).toHaveLength(1);
});

test('do not disturb holds notifications back, and afterwards there is one', async ({
  desktop,
  trayHost,
  notifications,
  simulator,
  launchApp,
}) => {
  notifications.setInhibited(true);
  const { page } = await watchExecutions({ simulator, launchApp, trayHost }, 1);
  expect((await stateOf(page)).app.main.environment.doNotDisturb).toBe(true);
  await goTo(page, 'Jobs');
  await simulator.advance(60_000);
  await expectNew(page, 1);
  await untilHeldBack(page, desktop, 1);
  expect(notifications.notifications).toEqual([]);
  notifications.setInhibited(false);
  await notifications.waitFor();
  await untilAllIsShown(page, desktop);
  expect(notifications.notifications).toHaveLength(1);
});

test('without a notification daemon the window and the tray say so, and keep the result as new', async ({
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
  await trayHost.waitFor(
    ({ tooltip, menu }) =>
      tooltip.includes('1 thing needs you\nThis desktop shows no notifications') &&
      menu.some(({ label }) => label === '1 new result'),
  );
});

test('news that a daemon died of is told in a digest when it is back', async ({
  desktop,
  trayHost,
  notifications,
  simulator,
  launchApp,
}) => {
  const { page } = await watchExecutions({ simulator, launchApp, trayHost }, 1);
  notifications.dieAtNext();
  await simulator.advance(60_000);
  await notifications.waitFor();
  await notifications.restart();
  const told = await notifications.waitFor(({ body }) => body === '1 finished');
  expect(told.summary).toBe('1 job ended');
  await untilAllIsShown(page, desktop);
  expect(notifications.notifications).toHaveLength(2);
});

test('the test notification of the settings says whether it was shown', async ({
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
