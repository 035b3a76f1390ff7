import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import Libsql from 'libsql';
import { defaultUserDataDir } from '../desktop/app';
import type { VirtualDesktop } from '../desktop/virtual-desktop';
import { stateOf } from './steps';

/** How many notifications the running app has stored, and how many of them are still to be shown. */
function readOutbox(desktop: VirtualDesktop): { stored: number; waiting: number } {
  const database = new Libsql(join(defaultUserDataDir(desktop), 'cliptray.db'), { readonly: true });
  try {
    return database
      .prepare(
        'SELECT count(*) AS stored, coalesce(sum(told_at_ms IS NULL), 0) AS waiting FROM outbox',
      )
      .get() as { stored: number; waiting: number };
  } finally {
    database.close();
  }
}

/** When each account was last polled with success. */
const polledAtMs = async (page: Page) =>
  Object.values((await stateOf(page)).accounts).map(({ lastSuccessAtMs }) => lastSuccessAtMs ?? 0);

/** Polls all accounts once more, and waits until what they answered has been stored. */
async function pollAgain(page: Page): Promise<void> {
  const before = await polledAtMs(page);
  await page.evaluate(() => window.cliptray.run('watch.pollNow', null));
  await expect
    .poll(
      async () => (await polledAtMs(page)).every((atMs, index) => atMs > (before[index] ?? 0)),
      {
        message: 'all accounts are polled once more',
      },
    )
    .toBe(true);
}

/**
 * Waits until whatever could still bring a notification is over: a further poll of each account has
 * been dealt with, and the outbox holds nothing but what was shown.
 */
export async function untilAllIsShown(page: Page, desktop: VirtualDesktop): Promise<void> {
  await pollAgain(page);
  await expect.poll(() => readOutbox(desktop).waiting, { message: 'nothing waits' }).toBe(0);
}

/**
 * Waits until `count` notifications have been stored and kept back for as long as a further poll of
 * each account takes: the dispatcher tries to show one in the very turn in which it is stored.
 */
export async function untilHeldBack(
  page: Page,
  desktop: VirtualDesktop,
  count: number,
): Promise<void> {
  await expect.poll(() => readOutbox(desktop).waiting, { message: 'they wait' }).toBe(count);
  await pollAgain(page);
  expect(readOutbox(desktop).waiting).toBe(count);
}
