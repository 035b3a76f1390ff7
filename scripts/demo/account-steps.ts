import type { Page } from '@playwright/test';
import { lookupSecret } from '../../test/desktop/secrets';
import { goTo, row, stateOf } from '../../test/e2e/steps';
import { picture, type Stage, seen } from './stage';
import { clipTitles, createWork, executionTitles, renderElsewhere } from './work';

/** Milliseconds between two keys of somebody who types fast. */
const typingMs = 12;

/** Tray, accounts, keys, and the work that is found at the services. */
export async function accountSteps(stage: Stage): Promise<{ endsBadly: string }> {
  const { report, desktop, simulator, page } = stage;

  await report.step('A tray icon in the panel', async () => {
    await desktop.tray.waitFor(({ tooltip }) => tooltip.includes('nothing in progress'));
    await seen('an icon drawn by the panel', async () => (await desktop.tray.place()).width > 20);
    const { x, y } = await desktop.tray.place();
    await picture(stage, 'first-start');
    return `The panel shows the tray icon at ${x}, ${y}; its tooltip says that nothing is in progress`;
  });

  const work = await createWork(simulator);
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
    await renderElsewhere(simulator, clipTitles.rendering);
    await goTo(page, 'Jobs');
    // Asks now instead of at the next turn, which is up to a minute away.
    await page.getByRole('button', { name: 'Check now' }).click();
    for (const title of executionTitles.running) {
      await row(page, title).getByText('Running').waitFor();
    }
    await row(page, executionTitles.waiting[0] ?? '')
      .getByText('Waiting to start')
      .waitFor();
    await row(page, clipTitles.processing).getByText('Processing').waitFor();
    await row(page, clipTitles.rendering).getByText('Rendering').waitFor();
    await row(page, clipTitles.failed).getByText('Failed').waitFor();
    const count = await page.getByRole('row').count();
    if (count !== 10) throw new Error(`The list has ${count} lines instead of 10`);
    await desktop.tray.waitFor(({ tooltip }) => tooltip.includes('7 in progress'));
    return 'The list has 10 lines: waiting, running, processing, rendering, ready, done and failed';
  });

  await report.step('A finished execution is told', async () => {
    await simulator.setStatus(work.endsWell, 'done');
    await row(page, executionTitles.endsWell).getByText('Done').waitFor();
    const told = await desktop.notifications.waitFor(
      ({ summary }) => summary === executionTitles.endsWell,
      20_000,
    );
    await desktop.notifications.closeAll();
    return `Notification “${told.summary}”: ${told.body}`;
  });
  return work;
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
