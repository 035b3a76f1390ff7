import { join } from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';
import type { RunningApp } from '../desktop/app';
import type { Simulator } from '../simulator/client';
import type { Clip, RenderJob } from '../simulator/types';
import { goTo, row } from './steps';

/** Opens the details of a clip from its row. */
export async function openClip(page: Page, title: string): Promise<Locator> {
  await goTo(page, 'Jobs');
  const line = row(page, title).first();
  await expect(line).toBeVisible();
  const details = line.getByRole('button', { name: `Details of ${title}` });
  if ((await details.getAttribute('aria-expanded')) !== 'true') await details.click();
  await line.getByRole('button', { name: 'Clip details…' }).click();
  const dialog = page.getByRole('dialog', { name: title });
  await expect(dialog).toBeVisible();
  return dialog;
}

/** A clip with a finished render of its first part, and its row in the window. */
export async function renderedClip(
  simulator: Simulator,
  title: string,
  render: { outputSizeBytes?: number } = {},
): Promise<{ clip: Clip; render: RenderJob }> {
  const [clip] = await simulator.createClips({ title, status: 'ready' });
  if (!clip) throw new Error('no clip was made');
  const made = await simulator.createRender({
    clipId: clip.id,
    candidateId: clip.candidates[0]?.id ?? '',
    status: 'completed',
    ...render,
  });
  return { clip, render: made };
}

/** Checks the boxes of these parts. */
export async function chooseParts(dialog: Locator, titles: string[]): Promise<void> {
  for (const title of titles) {
    // The checkbox itself is invisible: a user sees and clicks its label.
    await dialog
      .getByRole('listitem')
      .filter({ hasText: title })
      .locator('label.checkbox')
      .first()
      .click();
  }
}

/** Where the app saves results on its desktop. */
export async function downloadFolder(app: RunningApp): Promise<string> {
  const downloads = await app.electron.evaluate(({ app: electron }) =>
    electron.getPath('downloads'),
  );
  return join(downloads, 'Cliptray');
}
