import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from '@playwright/test';
import { ensureElectron } from '../../scripts/electron-runtime.mjs';
import { projectRoot } from '../../scripts/lib/paths.mjs';
import { defaultUserDataDir } from '../desktop/app';
import { chromiumSwitches } from '../desktop/chromium-switches';
import { expect, test } from '../desktop/fixtures';
import { runProgram } from '../desktop/programs';
import type { VirtualDesktop } from '../desktop/virtual-desktop';
import { waitFor } from '../desktop/wait';
import { addAccount, makeVideo, openJobs, row } from './steps';

const MIB = 1024 * 1024;

/** Copies files as a file manager does: as a list of URLs that it serves while it runs. */
async function copyFiles(desktop: VirtualDesktop, paths: string[]): Promise<void> {
  const list = join(desktop.home, 'copied');
  await writeFile(list, paths.map((path) => `${pathToFileURL(path).href}\r\n`).join(''));
  const kind = ['-selection', 'clipboard', '-t', 'text/uri-list'];
  desktop.run('xclip', [...kind, '-i', list]);
  const offered = () => runProgram(desktop, 'xclip', [...kind, '-o']);
  await waitFor(offered, ({ code }) => code === 0, { what: 'the copied files' });
}

async function paste(page: Page): Promise<void> {
  await page.bringToFront();
  await page.keyboard.press('Control+v');
}

test('files copied in a file manager are uploaded when they are pasted', async ({
  desktop,
  simulator,
  launchApp,
}) => {
  const first = await makeVideo(desktop, 'take 1 — ação.mov', MIB);
  const second = await makeVideo(desktop, 'take 2%20.mov', MIB);
  const { page } = await openJobs({ simulator, launchApp });
  await copyFiles(desktop, [first, second]);
  await paste(page);
  await expect(row(page, 'take 1 — ação')).toBeVisible();
  await expect(row(page, 'take 2%20')).toBeVisible();
  await simulator.until(async () => (await simulator.clips()).length === 2);
});

test('files opened with the app are uploaded, as paths and as URLs, and the user is asked once', async ({
  desktop,
  simulator,
  launchApp,
}) => {
  const first = await makeVideo(desktop, 'opened first.mov', MIB);
  const second = await makeVideo(desktop, '-opened & second.mov', MIB);
  const { app, page } = await openJobs({ simulator, launchApp });
  const codes = await Promise.all([
    app.startAgain([first]),
    app.startAgain([pathToFileURL(second).href]),
  ]);
  expect(codes).toEqual([0, 0]);
  await expect(row(page, 'opened first')).toBeVisible();
  await expect(row(page, '-opened & second')).toBeVisible();
});

test('a bad command is answered in the terminal where it was typed', async ({ launchApp }) => {
  const app = await launchApp();
  await app.window();
  const help = await app.runAgain(['--help']);
  expect(help.code).toBe(0);
  expect(help.stdout).toContain('cliptray upload FILE|FOLDER');
  expect(await app.runAgain(['--version'])).toMatchObject({ code: 0, stdout: 'Cliptray 0.1.0\n' });
  const wrong = await app.runAgain(['uplaod', 'a.mp4']);
  expect(wrong.code).toBe(2);
  expect(wrong.stderr).toContain('"uplaod"');
  expect(app.isRunning).toBe(true);
});

test('without a display, commands are answered or reach the running app, and nothing crashes', async ({
  desktop,
  launchApp,
}) => {
  const { executablePath } = await ensureElectron();
  const start = [executablePath, projectRoot, ...chromiumSwitches];
  const data = `--user-data-dir=${defaultUserDataDir(desktop)}`;
  const run = (display: string[], ...words: string[]) =>
    runProgram(desktop, 'env', [...display, ...start, data, ...words]);
  const none = ['-u', 'DISPLAY', '-u', 'WAYLAND_DISPLAY'];

  expect((await run(none, '--help')).stdout).toContain('cliptray upload FILE|FOLDER');
  expect(await run(none, '--version')).toMatchObject({ code: 0, stdout: 'Cliptray 0.1.0\n' });
  expect(await run(none, 'uplaod')).toMatchObject({ code: 2 });
  const video = await makeVideo(desktop, 'from afar.mov', MIB);
  for (const display of [none, ['DISPLAY=:4711']]) {
    const refused = await run(display, 'upload', video);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('Cliptray is not running');
  }

  const app = await launchApp();
  const page = await app.window();
  expect(await run(none, 'upload', video)).toMatchObject({ code: 0 });
  await expect(page.getByRole('dialog')).toContainText('account');
});

test('“import URL” asks in the window, and the service fetches the video', async ({
  simulator,
  launchApp,
}) => {
  const app = await launchApp();
  const page = await app.window();
  await addAccount(page, { service: 'Autoposting', key: simulator.keys.autoposting });
  expect(await app.startAgain(['import', 'https://videos.example/Keynote.mp4'])).toBe(0);
  const dialog = page.getByRole('dialog', { name: 'Import from a link' });
  await expect(dialog.getByLabel('Link to the video')).toHaveValue(
    'https://videos.example/Keynote.mp4',
  );
  expect(await simulator.clips()).toEqual([]);
  await dialog.getByRole('button', { name: 'Import' }).click();
  await expect(row(page, 'Keynote')).toBeVisible();
  expect(await simulator.clips()).toMatchObject([
    { sourceUrl: 'https://videos.example/Keynote.mp4', status: 'processing' },
  ]);
});
