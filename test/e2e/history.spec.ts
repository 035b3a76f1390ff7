import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { RunningApp } from '../desktop/app';
import { expect, test } from '../desktop/fixtures';
import { answerDialog } from '../desktop/native-windows';
import type { TrayHost } from '../desktop/tray-host';
import type { Simulator } from '../simulator/client';
import { addAccount, goTo, row, stateOf, watchExecutions } from './steps';

const TITLES = ['Entrevista sobre São Paulo', 'Keynote', 'Weekly round-up'];
const WORDS = 'o vídeo é privado e não pôde ser lido';

/** The app after three executions that have ended: two well, and “Keynote” with a failure. */
async function threeEnded(parts: {
  simulator: Simulator;
  launchApp: () => Promise<RunningApp>;
  trayHost: TrayHost;
}): Promise<{ app: RunningApp; page: Page }> {
  const { simulator, launchApp, trayHost } = parts;
  const executions = await simulator.createExecutions({ count: TITLES.length });
  for (const [index, { id }] of executions.entries()) {
    await simulator.setFields(id, { title: TITLES[index] });
  }
  const app = await launchApp();
  const page = await app.window();
  await addAccount(page, { service: 'Clipping', key: simulator.keys.clipping });
  await trayHost.waitFor(({ tooltip }) => tooltip.includes('3 in progress'));
  for (const [index, { id }] of executions.entries()) {
    if (index === 1) await simulator.setFields(id, { title: TITLES[index], error: WORDS });
    await simulator.setStatus(id, index === 1 ? 'error' : 'done');
  }
  await trayHost.waitFor(({ tooltip }) => !tooltip.includes('in progress'));
  await expect
    .poll(async () => Object.values((await stateOf(page)).lines).map(({ active }) => active))
    .toEqual([false, false, false]);
  return { app, page };
}

test('ended jobs are in the history after a restart, and are found by part of their title', async ({
  simulator,
  launchApp,
  trayHost,
}) => {
  const { app } = await threeEnded({ simulator, launchApp, trayHost });
  await app.stop();
  const page = await (await launchApp()).window();
  await goTo(page, 'History');
  await expect(page.getByRole('row')).toHaveCount(3);
  await expect(page.getByRole('status').filter({ hasText: '3 jobs' })).toBeAttached();

  await page.getByRole('searchbox').fill('SAO pau');
  await expect(page.getByRole('row')).toHaveCount(1);
  await expect(row(page, 'São Paulo')).toBeVisible();
  await page.getByRole('searchbox').press('Escape');
  await expect(page.getByRole('row')).toHaveCount(3);

  await page.getByRole('button', { name: /State$/ }).click();
  await page.getByRole('option', { name: 'Failed' }).click();
  await expect(page.getByRole('row')).toHaveCount(1);
  await row(page, 'Keynote').click();
  const dialog = page.getByRole('dialog', { name: 'Keynote' });
  await expect(dialog.getByText(WORDS)).toBeVisible();
  await expect(dialog.getByRole('listitem').first()).toContainText('First seen');
  await expect(dialog.getByRole('listitem').last()).toContainText('Failed');
});

test('with the keyboard alone a job is found, its timeline read, and the focus kept', async ({
  simulator,
  launchApp,
  trayHost,
}) => {
  const { page } = await threeEnded({ simulator, launchApp, trayHost });
  const focused = page.locator(':focus');
  const tabTo = async (target: ReturnType<Page['getByRole']>) => {
    for (let presses = 0; presses < 40; presses += 1) {
      if (await target.evaluate((element) => element === document.activeElement)) return;
      await page.keyboard.press('Tab');
    }
    throw new Error('no number of Tab presses leads there');
  };
  await tabTo(page.getByRole('button', { name: 'History' }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('row')).toHaveCount(3);
  await tabTo(page.getByRole('searchbox'));
  await page.keyboard.type('round');
  await expect(page.getByRole('row')).toHaveCount(1);
  await tabTo(page.getByRole('row'));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Weekly round-up' })).toBeVisible();
  await expect(focused).toHaveText('Close');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(focused).toHaveAttribute('role', 'row');
  await expect(focused).toContainText('Weekly round-up');
});

test('a job that ends while the history is open is shown as ended', async ({
  simulator,
  launchApp,
  trayHost,
}) => {
  const { page, executions } = await watchExecutions({ simulator, launchApp, trayHost }, 1);
  await goTo(page, 'History');
  await expect(page.getByRole('row')).toHaveCount(1);
  await simulator.setStatus(executions[0]?.id ?? '', 'done');
  await expect(page.getByRole('row').getByText('Done', { exact: true })).toBeVisible();
});

test.describe('with a desktop that passes keys to dialogs', () => {
  test.use({ desktopOptions: { windowManager: true } });

  test('the jobs found are saved as a table, and “Cancel” saves nothing', async ({
    desktop,
    simulator,
    launchApp,
    trayHost,
  }) => {
    const { app, page } = await threeEnded({ simulator, launchApp, trayHost });
    await goTo(page, 'History');
    await page.getByRole('searchbox').fill('sao');
    await expect(page.getByRole('row')).toHaveCount(1);
    const saveAs = async (key: 'Return' | 'Escape') => {
      await page.getByRole('button', { name: 'Export' }).click();
      await page.getByRole('menuitem', { name: /CSV/ }).click();
      await answerDialog(desktop, 'Save File', key);
    };
    await saveAs('Escape');
    await expect(page.getByText('Nothing was saved.')).toBeVisible();
    await saveAs('Return');
    await expect(page.getByText('The jobs were saved.')).toBeVisible();

    const folder = await app.electron.evaluate(({ app: main }) => main.getPath('documents'));
    const day = await page.evaluate(() => {
      const now = new Date();
      const two = (value: number) => String(value).padStart(2, '0');
      return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
    });
    const text = readFileSync(join(folder, `Cliptray history ${day}.csv`), 'utf8');
    const [head, ...rows] = text.trimEnd().split('\r\n');
    expect(head).toMatch(/^service,account,kind,id,title,/);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toContain('São Paulo');
  });
});
