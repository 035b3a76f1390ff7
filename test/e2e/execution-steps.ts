import { expect, type Locator, type Page } from '@playwright/test';
import type { RunningApp } from '../desktop/app';
import type { Simulator } from '../simulator/client';
import { addAccount, goTo } from './steps';

/** The id of the simulator's first Clipping account. */
export async function clippingAccountId(simulator: Simulator): Promise<string> {
  const accounts = await simulator.accounts();
  return accounts.find(({ service }) => service === 'clipping')?.id ?? '';
}

/** The running app with a Clipping account, its window at the jobs. */
export async function openClipping(parts: {
  simulator: Simulator;
  launchApp: () => Promise<RunningApp>;
}): Promise<{ app: RunningApp; page: Page }> {
  const app = await parts.launchApp();
  const page = await app.window();
  await addAccount(page, { service: 'Clipping', key: parts.simulator.keys.clipping });
  await goTo(page, 'Jobs');
  return { app, page };
}

/** Opens the dialog in which work is started. */
export async function openStart(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: 'Transcribe or process a video…' }).first().click();
  return startDialog(page);
}

export function startDialog(page: Page): Locator {
  return page.getByRole('dialog', { name: 'Transcribe or process a video' });
}

/** Chooses an option of a list that opens. */
export async function choose(dialog: Locator, label: string, option: string): Promise<void> {
  const button = dialog.getByRole('button', { name: new RegExp(`${label}$`) });
  await button.click();
  await dialog.page().getByRole('option', { name: option }).click();
  await expect(button).toContainText(option);
}

/** Presses Start, and confirms the cost if the app asks. */
export async function startAndAgree(page: Page): Promise<void> {
  await startDialog(page).getByRole('button', { name: 'Start', exact: true }).click();
  const confirm = page.getByRole('alertdialog', { name: 'Start this now?' });
  await confirm.getByRole('button', { name: 'Start now' }).click();
}

/** The dialog with the details of an execution, opened from its row. */
export async function openDetails(page: Page, title: string): Promise<Locator> {
  await page.getByRole('button', { name: `Details: ${title}` }).click();
  return page.getByRole('dialog', { name: title });
}
