import type { Page } from '@playwright/test';
import { lookupSecret } from '../../test/desktop/secrets';
import { goTo, row, stateOf } from '../../test/e2e/steps';
import { DEFAULT_TIMEOUT_MS, picture, type Stage, seen } from './stage';
import { clipTitles, createWork, executionTitles, workElsewhere } from './work';

/** Milliseconds between two keys, for somebody who types fast. */
const typingMs = 12;

/** The tray, the accounts with their keys, and the work that is found at the services. */
export async function accountSteps(stage: Stage): Promise<{ endsBadly: string }> {
  const { report, desktop, simulator, page } = stage;

  await report.step('A tray icon in the panel', async () => {
    await desktop.tray.waitFor(({ tooltip }) => tooltip.includes('nothing in progress'));
    await seen(
      'an icon drawn by the panel',
      async () => (await desktop.tray.position()).width > 20,
    );
    const { x, y } = await desktop.tray.position();
    await picture(stage, 'first-start');
    return `The panel shows the tray icon at ${x}, ${y}; its tooltip says that nothing is in progress`;
  });

  let endsWell = '';
  let endsBadly = '';
  await report.step('Work at both services', async () => {
    ({ endsWell, endsBadly } = await createWork(simulator));
    const count = (await simulator.executions()).length + (await simulator.clips()).length;
    if (count !== 10) throw new Error(`There are ${count} pieces of work instead of 10`);
    return 'Colleagues have 5 executions under way at Clipping and 5 clips at Autoposting';
  });
  const accounts = [
    { service: 'Autoposting', name: 'Harbour Films', key: simulator.keys.autoposting },
    { service: 'Clipping', name: 'News desk', key: simulator.keys.clipping },
  ] as const;
  for (const account of accounts) {
    await report.step(`An account at ${account.service}`, async () => {
      await typeAccount(page, account);
      if (account.service === 'Autoposting') await picture(stage, 'adding-an-account');
      const dialog = page.getByRole('dialog', { name: 'Add account' });
      await dialog.getByRole('button', { name: 'Add account' }).click();
      await dialog.waitFor({ state: 'hidden' });
      await page.getByRole('heading', { name: account.name }).waitFor();
      return `Typed the key of ${account.name} into the dialog; ${account.service} accepts it`;
    });
  }

  await report.step('Keys in the keyring', async () => {
    const known = Object.values((await stateOf(page)).accounts);
    for (const { name, key } of accounts) {
      const id = known.find((one) => one.name === name)?.id ?? '';
      const kept = await lookupSecret(desktop.virtual, { service: 'Cliptray', account: id });
      if (kept !== key) throw new Error(`secret-tool finds another key for ${name}`);
    }
    await page.getByText('Working', { exact: true }).nth(1).waitFor();
    await picture(stage, 'accounts');
    return 'secret-tool finds both keys in the keyring, as they were typed';
  });

  await report.step('Work of both services in one list', async () => {
    await workElsewhere(simulator);
    // The tour's work lasts seconds; only the most frequent polling sees it on its way.
    const closest = page.locator('label').filter({ hasText: /^Close$/ });
    for (let n = 0; n < (await closest.count()); n += 1) await closest.nth(n).click();
    await goTo(page, 'Jobs');
    // Polls now instead of at the next turn, which is up to a minute away.
    await page.getByRole('button', { name: 'Check now' }).click();
    for (const title of executionTitles.running) {
      await stageOf(page, title, 'Running');
    }
    for (const title of executionTitles.waiting) await stageOf(page, title, 'Waiting to start');
    await stageOf(page, clipTitles.processing, 'Processing');
    await stageOf(page, clipTitles.rendering, 'Rendering');
    await stageOf(page, clipTitles.ready, 'Ready for rendering');
    await stageOf(page, clipTitles.rendered, 'Done');
    await stageOf(page, clipTitles.failed, 'Failed');
    const count = await page.getByRole('row').count();
    if (count !== 10) throw new Error(`The list has ${count} lines instead of 10`);
    await desktop.tray.waitFor(({ tooltip }) => tooltip.includes('7 in progress'));
    return 'The list has 10 lines: waiting, running, processing, rendering, ready, done and failed';
  });

  await report.step('A finished execution is notified', async () => {
    await simulator.setStatus(endsWell, 'done');
    await stageOf(page, executionTitles.endsWell, 'Done');
    const notification = await desktop.notifications.waitFor(
      ({ summary }) => summary === executionTitles.endsWell,
      DEFAULT_TIMEOUT_MS,
    );
    await desktop.notifications.closeAll();
    return `Notification “${notification.summary}”: ${notification.body}`;
  });
  return { endsBadly };
}

/** Waits until the line with this title shows this stage. */
async function stageOf(page: Page, title: string, stage: string): Promise<void> {
  await row(page, title).getByText(stage, { exact: true }).waitFor();
}

/** Goes through the dialog with mouse and keyboard, up to pressing its button. */
async function typeAccount(
  page: Page,
  account: { service: string; name: string; key: string },
): Promise<void> {
  await goTo(page, 'Accounts');
  await page.getByRole('button', { name: 'Add account' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Add account' });
  // The radio itself is invisible: its label is what a user sees and clicks.
  await dialog.locator('label').filter({ hasText: account.service }).click();
  await dialog.getByLabel('API key', { exact: true }).click();
  await page.keyboard.type(account.key, { delay: typingMs });
  await dialog.getByLabel('Name', { exact: true }).click();
  await page.keyboard.press('Control+A');
  await page.keyboard.type(account.name, { delay: typingMs });
}
