import type { Locator } from '@playwright/test';

/** Drags files or text over an element, as a file manager or a browser does. */
async function drag(
  target: Locator,
  content: { items: { mimeType: string; data: string }[]; files?: string[] },
  steps: ('dragEnter' | 'dragOver' | 'drop')[],
): Promise<void> {
  const page = target.page();
  await target.scrollIntoViewIfNeeded();
  const box = await target.boundingBox();
  if (!box) throw new Error('The drop target is not visible');
  const session = await page.context().newCDPSession(page);
  try {
    for (const type of steps) {
      await session.send('Input.dispatchDragEvent', {
        type,
        x: box.x + box.width / 2,
        y: box.y + box.height / 2,
        data: { ...content, dragOperationsMask: 1 },
      });
    }
  } finally {
    await session.detach();
  }
}

/** Holds files over an element without dropping them. */
export async function holdFiles(target: Locator, paths: string[]): Promise<void> {
  await drag(target, { items: [], files: paths }, ['dragEnter', 'dragOver']);
}

/**
 * Drops files from the disk on an element, as a file manager does. The page gets files that have a
 * path, which Playwright's own `drop` cannot make.
 * @param paths Absolute; a folder is dropped as a folder.
 */
export async function dropFiles(target: Locator, paths: string[]): Promise<void> {
  // dragOver before drop: only an element that accepted it gets the drop.
  await drag(target, { items: [], files: paths }, ['dragEnter', 'dragOver', 'drop']);
}

/** Drops a link on an element, as a browser does. */
export async function dropLink(target: Locator, url: string): Promise<void> {
  const items = ['text/uri-list', 'text/plain'].map((mimeType) => ({ mimeType, data: url }));
  await drag(target, { items }, ['dragEnter', 'dragOver', 'drop']);
}
