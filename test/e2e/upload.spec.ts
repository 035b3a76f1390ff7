import { randomBytes } from 'node:crypto';
import { appendFileSync, closeSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Libsql from 'libsql';
import { makeQuiet } from '../builders/quiet-file';
import { defaultUserDataDir } from '../desktop/app';
import { dropFiles, dropLink, holdFiles } from '../desktop/drop';
import { expect, test } from '../desktop/fixtures';
import type { VirtualDesktop } from '../desktop/virtual-desktop';
import { faults } from '../simulator/client';
import { addAccount, goTo, makeVideo, openJobs, row, sha256, stateOf } from './steps';

const MIB = 1024 * 1024;

/** Numbers of the parts that the app, running or not, has stored as sent. */
function keptParts(desktop: VirtualDesktop): number[] {
  const database = new Libsql(join(defaultUserDataDir(desktop), 'cliptray.db'), { readonly: true });
  try {
    const rows = database.prepare('SELECT part_number FROM upload_parts').all();
    return (rows as { part_number: number }[]).map((row) => row.part_number);
  } finally {
    database.close();
  }
}

test('a dropped video arrives byte for byte and is followed until renders can be chosen', async ({
  desktop,
  trayHost,
  notifications,
  simulator,
  launchApp,
}) => {
  const path = await makeVideo(desktop, 'holiday — ação 🎬 & more.mov', 23 * MIB);
  const { page } = await openJobs({ simulator, launchApp });
  await dropFiles(page.locator('body'), [path]);
  const line = row(page, 'holiday');
  await expect(line).toBeVisible();
  await simulator.until(async () => (await simulator.clips())[0]?.status === 'processing');
  const [clip] = await simulator.clips();
  const stored = await simulator.objectHash(clip?.id ?? '');
  const local = await sha256(path);
  console.log(`sha256 of the file     ${local}\nsha256 at the service  ${stored.sha256}`);
  expect(stored.sha256).toBe(local);
  await expect(line.getByText('Processing').first()).toBeVisible();

  await simulator.advance(60_000);
  await expect(line.getByText('Ready for rendering').first()).toBeVisible();
  await expect(page.getByRole('row')).toHaveCount(1);
  const notification = await notifications.waitFor();
  expect(notification.summary).toContain('& more.mov');
  await line.getByRole('button', { name: /^Choose what to render/ }).click();
  await expect(line.getByRole('button', { name: /^Render / })).toHaveCount(3);
  await trayHost.waitFor(({ tooltip }) => tooltip.includes('nothing in progress'));
  expect(await simulator.keyLeaks()).toEqual([]);
  expect(await simulator.danglingUploads()).toEqual([]);
});

test('an upload resumes after the app was killed, and sends no finished part again', async ({
  desktop,
  trayHost,
  simulator,
  launchApp,
}) => {
  const path = await makeVideo(desktop, 'long.mov', 40 * MIB);
  const { app, page } = await openJobs({ simulator, launchApp });
  // One part hangs: the upload cannot end before the kill.
  const hanging = await simulator.addFault({
    service: 'storage',
    partNumber: 8,
    times: 'always',
    action: faults.stallAfterRequestBytes(1000),
  });
  await dropFiles(page.locator('body'), [path]);
  // Not before the app has stored them: a part whose answer is lost in the kill has to be sent again.
  await expect.poll(() => keptParts(desktop).sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 9]);
  await trayHost.waitFor(({ tooltip }) => tooltip.includes('Uploading'));
  await app.kill();
  await simulator.removeFault(hanging);
  await launchApp({ args: ['--hidden'] });
  await simulator.until(async () => (await simulator.clips())[0]?.status === 'processing');
  const [clip] = await simulator.clips();
  expect((await simulator.objectHash(clip?.id ?? '')).sha256).toBe(await sha256(path));
  const [object] = await simulator.objects();
  for (const part of object?.history ?? []) expect(part.begunAfterAnswered).toBe(0);
});

test('1 GiB whose app is killed in the middle is there after the next start, intact', async ({
  desktop,
  simulator,
  launchApp,
}) => {
  test.setTimeout(600_000);
  const path = await makeVideo(desktop, 'feature.mov', 1024 * MIB);
  const { app, page } = await openJobs({ simulator, launchApp });
  // One part hangs: the upload cannot end before the kill, however late that comes.
  const hanging = await simulator.addFault({
    service: 'storage',
    partNumber: 100,
    times: 'always',
    action: faults.stallAfterRequestBytes(1000),
  });
  await dropFiles(page.locator('body'), [path]);
  // What the app has stored, not what the service has: that may be a few parts ahead.
  await expect.poll(() => keptParts(desktop).length).toBeGreaterThan(25);
  await app.kill();
  const kept = keptParts(desktop);
  await simulator.removeFault(hanging);

  await launchApp({ args: ['--hidden'] });
  await simulator.until(async () => (await simulator.clips())[0]?.status === 'processing', 300_000);
  const [clip] = await simulator.clips();
  expect((await simulator.objectHash(clip?.id ?? '')).sha256).toBe(await sha256(path));
  const [object] = await simulator.objects();
  // A part whose ETag was on its way to the database at the kill may be sent again; no other.
  const twice = object?.history.filter((part) => part.begunAfterAnswered > 0) ?? [];
  expect(twice.filter(({ partNumber }) => kept.includes(partNumber))).toEqual([]);
  expect(await simulator.danglingUploads()).toEqual([]);
});

test('a recording that goes on after a pause is waited for, and arrives whole', async ({
  desktop,
  simulator,
  launchApp,
}) => {
  const path = await makeVideo(desktop, 'recording.mov', 6 * MIB);
  // This process is the recorder. It has written nothing for a minute.
  const recorder = openSync(path, 'a');
  const { page } = await openJobs({ simulator, launchApp });
  await dropFiles(page.locator('body'), [path]);
  const line = row(page, 'recording.mov');
  await expect(line.getByText('Waiting until the file is finished')).toBeVisible();
  await expect(line.getByText('Nothing has to be done')).toBeVisible();
  appendFileSync(recorder, randomBytes(6 * MIB));
  closeSync(recorder);
  makeQuiet(path);
  await simulator.until(async () => (await simulator.clips())[0]?.status === 'processing', 60_000);
  const [clip] = await simulator.clips();
  expect((await simulator.objectHash(clip?.id ?? '')).sha256).toBe(await sha256(path));
  expect((await simulator.clips()).length).toBe(1);
});

test('files that cannot be uploaded are refused by name with the reason, and nothing is sent', async ({
  desktop,
  simulator,
  launchApp,
}) => {
  const empty = join(desktop.home, 'empty.mp4');
  const text = join(desktop.home, 'notes <b>bold.mp4');
  writeFileSync(empty, '');
  writeFileSync(text, 'this is no video');
  const { page } = await openJobs({ simulator, launchApp });
  await dropFiles(page.locator('body'), [empty, text]);
  await expect(page.getByText('2 files were not added')).toBeVisible();
  await expect(page.getByText('notes <b>bold.mp4')).toBeVisible();
  expect(Object.keys((await stateOf(page)).lines)).toEqual([]);
  expect((await simulator.objects()).length).toBe(0);
});

test('a dropped link is handled as a pasted one, and lands in a text field that it is dropped on', async ({
  desktop,
  simulator,
  launchApp,
}) => {
  const { page } = await openJobs({ simulator, launchApp });
  await dropLink(page.locator('body'), 'https://media.example/one.mp4');
  const field = page.getByRole('dialog').getByRole('textbox').first();
  await expect(field).toHaveValue('https://media.example/one.mp4');
  await field.fill('');
  await dropLink(field, 'https://media.example/two.mp4');
  await expect(field).toHaveValue('https://media.example/two.mp4');
  // A video that is dropped meanwhile waits for the dialog, and a word says so.
  const path = await makeVideo(desktop, 'meanwhile.mp4', MIB);
  await dropFiles(page.locator('body'), [path]);
  await expect(page.getByText('The file waits here')).toBeVisible();
  await page.keyboard.press('Escape');
  await simulator.until(async () => (await simulator.clips()).length === 1, 20_000);
});

test('a drag that ends without an event does not leave the window covered', async ({
  desktop,
  simulator,
  launchApp,
}) => {
  const path = join(desktop.home, 'held.mp4');
  writeFileSync(path, 'held');
  const { page } = await openJobs({ simulator, launchApp });
  await holdFiles(page.locator('body'), [path]);
  await expect(page.getByText('Drop to upload')).toBeVisible();
  await page.mouse.move(200, 200);
  await expect(page.getByText('Drop to upload')).toBeHidden();
});

test('an upload that stops is notified, and the click shows why and how to go on', async ({
  desktop,
  notifications,
  simulator,
  launchApp,
}) => {
  const path = await makeVideo(desktop, 'stopped.mov', 12 * MIB);
  const app = await launchApp();
  const page = await app.window();
  await addAccount(page, { service: 'Autoposting', key: simulator.keys.autoposting });
  await simulator.addFault({ path: '/clips/upload/presign', action: faults.noCredit() });
  await goTo(page, 'Jobs');
  await dropFiles(page.locator('body'), [path]);
  const notification = await notifications.waitFor();
  expect(notification.summary).toBe('stopped.mov');
  expect(notification.body).toContain('The upload stopped');
  await goTo(page, 'Settings');
  notifications.invoke(notification.id);
  const line = page.locator('[data-highlighted]');
  await expect(line).toContainText('credit');
  await line.getByRole('button', { name: 'Retry upload of stopped.mov' }).click();
  await simulator.until(async () => (await simulator.clips()).at(-1)?.status === 'processing');
  expect((await simulator.danglingUploads()).length).toBe(0);
});

test('“upload FILE” on the command line is handed to the running app', async ({
  desktop,
  trayHost,
  simulator,
  launchApp,
}) => {
  const path = await makeVideo(desktop, 'from the terminal.mov', MIB);
  const app = await launchApp();
  const page = await app.window();
  await addAccount(page, { service: 'Autoposting', key: simulator.keys.autoposting });
  await trayHost.waitFor();
  await page.close();
  expect(await app.startAgain(['upload', 'from the terminal.mov'])).toBe(0);
  const again = await app.window();
  await expect(row(again, 'from the terminal.mov')).toBeVisible();
  await simulator.until(async () => (await simulator.clips())[0]?.status === 'processing');
  const [clip] = await simulator.clips();
  expect((await simulator.objectHash(clip?.id ?? '')).sha256).toBe(await sha256(path));
});

test('a video dropped before there is an account leads to adding one', async ({
  desktop,
  launchApp,
}) => {
  const path = await makeVideo(desktop, 'first.mov', MIB);
  const app = await launchApp();
  const page = await app.window();
  await dropFiles(page.locator('body'), [path]);
  await expect(page.getByText('An upload needs an account')).toBeVisible();
});

test('cancelling aborts the upload at the service and notifies of nothing', async ({
  desktop,
  notifications,
  simulator,
  launchApp,
}) => {
  const path = await makeVideo(desktop, 'wrong.mov', 12 * MIB);
  await simulator.addFault({
    service: 'storage',
    times: 'always',
    action: faults.stallAfterRequestBytes(1000),
  });
  const { page } = await openJobs({ simulator, launchApp });
  await dropFiles(page.locator('body'), [path]);
  await simulator.until(async () => (await simulator.danglingUploads()).length === 1);
  await row(page, 'wrong.mov').getByRole('button', { name: 'Cancel upload' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Cancel upload' }).click();
  await expect(row(page, 'wrong.mov').getByText('Upload cancelled').first()).toBeVisible();
  await simulator.until(async () => (await simulator.danglingUploads()).length === 0);
  expect(notifications.notifications).toEqual([]);
});
