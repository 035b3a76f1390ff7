import { writeFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { drawn } from './stage';

/** Twice the pixels of the screen, so that it stays sharp when it is enlarged. */
const scale = 2;

/** Takes a picture of the window's content alone, as a PNG file. */
export async function windowPicture(page: Page, path: string): Promise<void> {
  await drawn(page);
  const { width, height } = await page.evaluate(() => ({
    width: window.innerWidth,
    height: window.innerHeight,
  }));
  const session = await page.context().newCDPSession(page);
  try {
    const { data } = await session.send('Page.captureScreenshot', {
      format: 'png',
      clip: { x: 0, y: 0, width, height, scale },
    });
    await writeFile(path, Buffer.from(data, 'base64'));
  } finally {
    await session.detach();
  }
}
