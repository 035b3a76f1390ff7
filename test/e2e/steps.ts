import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { expect, type Locator, type Page } from '@playwright/test';
import type { AppState } from '../../preload/contract';
import type { VirtualDesktop } from '../desktop/virtual-desktop';
import type { Simulator } from '../simulator/client';

/** A real video of at least `sizeBytes`, made by ffmpeg; a lossless one grows as fast as wanted. */
export async function makeVideo(
  desktop: VirtualDesktop,
  name: string,
  minSizeBytes: number,
): Promise<string> {
  const path = join(desktop.home, name);
  // Raw noise at 320×240 and 25 frames a second: 115,200 bytes a frame in this pixel format.
  const seconds = Math.ceil(minSizeBytes / (115_200 * 25)) + 1;
  await promisify(execFile)('ffmpeg', [
    ...['-loglevel', 'error', '-f', 'lavfi', '-i', 'testsrc2=size=320x240:rate=25'],
    ...['-t', String(seconds), '-c:v', 'rawvideo', '-pix_fmt', 'yuv420p', '-f', 'mov', path],
  ]);
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
  // The radio itself is invisible: its label is what a user sees and clicks.
  await dialog.locator('label').filter({ hasText: account.service }).click();
  await dialog.getByLabel('API key', { exact: true }).fill(account.key);
  if (account.name) await dialog.getByLabel('Name', { exact: true }).fill(account.name);
  return dialog;
}

/** Adds an account whose key is good. */
export async function addAccount(
  page: Page,
  account: { service: 'Autoposting' | 'Clipping'; key: string; name?: string },
): Promise<void> {
  const dialog = await enterAccount(page, account);
  await dialog.getByRole('button', { name: 'Add account' }).click();
  await expect(dialog).toBeHidden();
}

/** Both accounts the simulator starts with. */
export async function addBothAccounts(page: Page, simulator: Simulator): Promise<void> {
  await addAccount(page, { service: 'Autoposting', key: simulator.keys.autoposting });
  await addAccount(page, { service: 'Clipping', key: simulator.keys.clipping });
}

/** The state a window is given, for what has no place in the page. */
export async function stateOf(page: Page): Promise<AppState> {
  const { state } = await page.evaluate(() => window.cliptray.snapshot());
  return state as AppState;
}

/** Goes to a view by the navigation. */
export async function goTo(page: Page, view: 'Jobs' | 'Accounts' | 'Settings'): Promise<void> {
  await page.getByRole('navigation').getByText(view, { exact: true }).click();
}

/** The row of a job. */
export function row(page: Page, title: string): Locator {
  return page.getByRole('row').filter({ hasText: title });
}
