import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { expect, type Locator, type Page } from '@playwright/test';
import type { AppState } from '../../preload/contract';
import { makeQuiet } from '../builders/quiet-file';
import type { RunningApp } from '../desktop/app';
import type { TrayHost } from '../desktop/tray-host';
import type { VirtualDesktop } from '../desktop/virtual-desktop';
import type { Simulator } from '../simulator/client';
import type { Execution } from '../simulator/types';

/** Milliseconds of video are enough: what the app has to transfer is bytes. */
const MIB = 1024 * 1024;
const SAMPLE = fileURLToPath(new URL('../simulator/sample.mp4', import.meta.url));

/**
 * A real, playable video of about `sizeBytes` in the desktop's home folder: a short one, followed
 * by a box of noise that players skip, as the format allows.
 */
export async function makeVideo(
  desktop: VirtualDesktop,
  name: string,
  sizeBytes: number,
): Promise<string> {
  const path = join(desktop.home, name);
  const sample = await readFile(SAMPLE);
  const header = Buffer.alloc(8);
  header.writeUInt32BE(sizeBytes + header.length);
  header.write('free', 4, 'latin1');
  const file = await open(path, 'w');
  await file.write(Buffer.concat([sample, header]));
  for (let leftBytes = sizeBytes; leftBytes > 0; leftBytes -= MIB) {
    await file.write(randomBytes(Math.min(MIB, leftBytes)));
  }
  await file.close();
  makeQuiet(path);
  return path;
}

/** SHA-256 of a file as hexadecimal digits. */
export async function sha256(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

/** Goes through the dialog as a user does, up to pressing its button. */
export async function enterAccount(
  page: Page,
  account: { service: 'Autoposting' | 'Clipping'; key: string; name?: string },
): Promise<Locator> {
  await goTo(page, 'Accounts');
  await page.getByRole('button', { name: 'Add account' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Add account' });
  // The radio button itself is invisible: a user sees and clicks its label.
  await dialog.locator('label').filter({ hasText: account.service }).click();
  await dialog.getByLabel('API key', { exact: true }).fill(account.key);
  if (account.name) await dialog.getByLabel('Name', { exact: true }).fill(account.name);
  return dialog;
}

/** Adds an account with a good key. */
export async function addAccount(
  page: Page,
  account: { service: 'Autoposting' | 'Clipping'; key: string; name?: string },
): Promise<void> {
  const dialog = await enterAccount(page, account);
  await dialog.getByRole('button', { name: 'Add account' }).click();
  await expect(dialog).toBeHidden();
}

/** Adds both accounts that the simulator starts with. */
export async function addBothAccounts(page: Page, simulator: Simulator): Promise<void> {
  await addAccount(page, { service: 'Autoposting', key: simulator.keys.autoposting });
  await addAccount(page, { service: 'Clipping', key: simulator.keys.clipping });
}

/** The running app with an Autoposting account, its window showing the jobs. */
export async function openJobs(parts: {
  simulator: Simulator;
  launchApp: () => Promise<RunningApp>;
}): Promise<{ app: RunningApp; page: Page }> {
  const { simulator, launchApp } = parts;
  const app = await launchApp();
  const page = await app.window();
  await addAccount(page, { service: 'Autoposting', key: simulator.keys.autoposting });
  await goTo(page, 'Jobs');
  return { app, page };
}

/**
 * The running app with a Clipping account that has `count` executions under way, as its tray says.
 */
export async function watchExecutions(
  parts: {
    simulator: Simulator;
    launchApp: () => Promise<RunningApp>;
    trayHost: TrayHost;
  },
  count: number,
): Promise<{ app: RunningApp; page: Page; executions: Execution[] }> {
  const { simulator, launchApp, trayHost } = parts;
  const app = await launchApp();
  const page = await app.window();
  const executions = await simulator.createExecutions({ count });
  await addAccount(page, { service: 'Clipping', key: simulator.keys.clipping });
  await trayHost.waitFor(({ tooltip }) => tooltip.includes(`${count} in progress`));
  return { app, page, executions };
}

/** The state that a window is given, for what the page does not show. */
export async function stateOf(page: Page): Promise<AppState> {
  const { state } = await page.evaluate(() => window.cliptray.snapshot());
  return state as AppState;
}

/** Goes to a view by the navigation. */
export async function goTo(
  page: Page,
  view: 'Jobs' | 'History' | 'Accounts' | 'Settings',
): Promise<void> {
  await page.getByRole('navigation').getByText(view, { exact: true }).click();
}

/** The row of a job. */
export function row(page: Page, title: string): Locator {
  return page.getByRole('row').filter({ hasText: title });
}
