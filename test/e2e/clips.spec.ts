import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { dropFiles } from '../desktop/drop';
import { expect, test } from '../desktop/fixtures';
import { faults } from '../simulator/client';
import { chooseParts, downloadFolder, openClip, renderedClip } from './clip-steps';
import { goTo, makeVideo, openJobs, row, stateOf } from './steps';

/** Bytes. */
const MIB = 1024 * 1024;

for (const form of ['page', 'offset'] as const) {
  test(`all clips are leafed through where the service pages by ${form}, and one is opened, shown and deleted`, async ({
    simulator,
    launchApp,
  }) => {
    await simulator.setShapes({ 'autoposting.clipList': form });
    await simulator.createClips({ title: 'The oldest', status: 'ready', ageMs: 9_000_000 });
    await simulator.createClips({ title: 'Newer', status: 'ready', count: 44 });
    const { page } = await openJobs({ simulator, launchApp });
    await goTo(page, 'Accounts');
    await page.getByRole('button', { name: 'All clips…' }).click();
    const dialog = page.getByRole('dialog', { name: 'All clips of Autoposting' });
    const clips = dialog.getByRole('list', { name: 'Clips' }).getByRole('listitem');
    await expect(clips).toHaveCount(20);
    await expect(dialog).toContainText('20 of 45 clips');
    await dialog.getByRole('button', { name: 'Show older clips' }).click();
    await expect(clips).toHaveCount(40);
    await dialog.getByRole('button', { name: 'Show older clips' }).click();
    await expect(clips).toHaveCount(45);
    await expect(dialog.getByRole('button', { name: 'Show older clips' })).toBeHidden();

    await clips.last().getByRole('button').click();
    const clip = page.getByRole('dialog', { name: 'The oldest' });
    await expect(clip).toContainText('“ready”');
    await clip.getByRole('button', { name: 'Show in Jobs' }).click();
    const line = row(page, 'The oldest');
    await expect(line).toBeVisible();
    await line.getByRole('button', { name: 'Delete clip…' }).click();
    const asks = page.getByRole('alertdialog', { name: 'Delete this clip at Autoposting?' });
    await expect(asks).toContainText('Its renders are deleted with it.');
    expect((await simulator.clips()).length).toBe(45);
    // The answer is lost: whether the clip is still there shows whether it was deleted.
    await simulator.addFault({ method: 'DELETE', action: faults.lostAnswer() });
    await asks.getByRole('button', { name: 'Delete clip' }).click();
    await expect(asks).toBeHidden();
    await expect(line).toContainText('No longer listed');
    expect((await simulator.clips()).length).toBe(44);
    expect(await simulator.keyLeaks()).toEqual([]);
  });
}

for (const body of ['sdk', 'docs'] as const) {
  test(`parts with their scores are previewed, checked for credit and rendered together where the service takes the ${body} body`, async ({
    desktop,
    simulator,
    launchApp,
  }) => {
    await simulator.setShapes({
      'autoposting.renderBody': body,
      'autoposting.checkAnswer': 'verdict',
    });
    const [made] = await simulator.createClips({ title: 'Keynote', status: 'ready' });
    const { page } = await openJobs({ simulator, launchApp });
    const dialog = await openClip(page, 'Keynote');
    const [first, second] = made?.candidates ?? [];
    await expect(dialog).toContainText(/hook: \d+/);
    await dialog.getByRole('button', { name: `Preview ${first?.title}` }).click();
    await expect
      .poll(async () => (await desktop.opened()).at(-1))
      .toMatch(/\/sources\/.*#t=\d+(\.\d+)?,\d+(\.\d+)?$/);

    await chooseParts(dialog, [first?.title ?? '', second?.title ?? '']);
    await dialog.getByLabel('Template (optional)').fill('bold');
    await dialog.getByText('Without', { exact: true }).click();
    await dialog.getByRole('button', { name: 'Check credit for 2 parts' }).click();
    await expect(dialog).toContainText('Autoposting says that there is enough credit.');
    await expect(dialog).toContainText('required: 1');
    expect(await simulator.renders()).toEqual([]);
    await dialog.getByRole('button', { name: 'Render 2 parts' }).click();
    await expect.poll(async () => (await simulator.renders()).length).toBe(2);
    const sent = (await simulator.requests({ service: 'autoposting' })).filter(({ path }) =>
      path.endsWith('/render'),
    );
    const last = JSON.parse(String(sent.at(-1)?.body ?? '{}'));
    expect(last).toMatchObject({
      template: 'bold',
      captions: false,
      ...(body === 'sdk' ? { editRevision: made?.editRevision } : { candidateId: second?.id }),
    });
    await expect(dialog.getByText('Waiting to start')).toHaveCount(2);
    await simulator.advance(60_000);
    await dialog.getByRole('button', { name: 'Close' }).click();
    await page.getByRole('button', { name: 'Check now' }).click();
    await expect(row(page, 'Keynote')).toContainText('2 of 3 rendered');
  });
}

test('a clip that was edited meanwhile is shown as it is now, and confirmed again before it is rendered', async ({
  simulator,
  launchApp,
}) => {
  const [made] = await simulator.createClips({ title: 'Edited', status: 'ready' });
  const { page } = await openJobs({ simulator, launchApp });
  const dialog = await openClip(page, 'Edited');
  const title = made?.candidates[0]?.title ?? '';
  await chooseParts(dialog, [title]);
  await dialog.getByRole('button', { name: 'Check credit for 1 part' }).click();
  const revision = await simulator.editClip(made?.id ?? '');
  await dialog.getByRole('button', { name: 'Render 1 part' }).click();
  await expect(dialog).toContainText('This clip was edited at Autoposting. Nothing was rendered.');
  expect(await simulator.renders()).toEqual([]);
  await expect(dialog).toContainText(`Edit number${revision}`);
  await dialog.getByRole('button', { name: 'Check credit for 1 part' }).click();
  await dialog.getByRole('button', { name: 'Render 1 part' }).click();
  await expect.poll(async () => (await simulator.renders()).length).toBe(1);
});

test('too little credit is said before anything is rendered, with the way to more', async ({
  simulator,
  launchApp,
}) => {
  const [account] = await simulator.accounts();
  await simulator.setAccount({ accountId: account?.id ?? '', balance: 0 });
  const [made] = await simulator.createClips({ title: 'Poor', status: 'ready' });
  const { page } = await openJobs({ simulator, launchApp });
  const dialog = await openClip(page, 'Poor');
  await chooseParts(dialog, [made?.candidates[0]?.title ?? '']);
  await dialog.getByRole('button', { name: 'Check credit for 1 part' }).click();
  await expect(dialog).toContainText('there is not enough credit. Nothing has begun.');
  await dialog.getByRole('button', { name: 'Render 1 part' }).click();
  await expect(dialog).toContainText('Not started. This account has no credit left.');
  expect(await simulator.renders()).toEqual([]);
});

test('a download goes on after the app was killed, and is the same to the last byte', async ({
  desktop,
  simulator,
  launchApp,
}) => {
  const file = await makeVideo(desktop, 'result.mp4', 24 * MIB);
  const [clip] = await simulator.createClips({ title: 'Saved', status: 'ready' });
  await simulator.createRender({
    clipId: clip?.id ?? '',
    candidateId: clip?.candidates[0]?.id ?? '',
    status: 'completed',
    outputFile: file,
  });
  const { app, page } = await openJobs({ simulator, launchApp });
  const slow = await simulator.addFault({
    service: 'storage',
    path: '/renders/**',
    times: 'always',
    action: faults.slow({ answerBytesPerSecond: MIB }),
  });
  const dialog = await openClip(page, 'Saved');
  await dialog.getByRole('button', { name: 'Download', exact: false }).first().click();
  const received = async () =>
    Object.values((await stateOf(page)).downloads)[0]?.receivedBytes ?? 0;
  await expect.poll(received).toBeGreaterThan(2 * MIB);
  await expect(dialog.getByRole('progressbar')).toBeVisible();
  await app.kill();
  await simulator.removeFault(slow);

  const again = await launchApp();
  const newPage = await again.window();
  const done = async () => Object.values((await stateOf(newPage)).downloads)[0];
  await expect.poll(async () => (await done())?.state).toBe('done');
  const folder = await downloadFolder(again);
  const names = await readdir(folder);
  expect(names).toHaveLength(1);
  const saved = createHash('sha256').update(await readFile(join(folder, names[0] ?? '')));
  const original = createHash('sha256')
    .update(await readFile(file))
    .digest('hex');
  expect(saved.digest('hex')).toBe(original);
  expect((await done())?.sha256Hex).toBe(original);
  const ranges = (await simulator.requests({ service: 'storage' })).filter(
    ({ status }) => status === 206,
  );
  expect(ranges.length).toBeGreaterThan(0);
  const reopened = await openClip(newPage, 'Saved');
  await expect(reopened).toContainText('Saved as Saved');
  await reopened
    .getByRole('button', { name: /More to do with/ })
    .first()
    .click();
  await newPage.getByRole('menuitem', { name: 'Details of the file…' }).click();
  await expect(newPage.getByRole('dialog', { name: 'Downloaded file' })).toContainText(original);
  expect(await simulator.keyLeaks()).toEqual([]);
});

test('a cancelled download leaves nothing, and an expired link is renewed once', async ({
  simulator,
  launchApp,
}) => {
  await simulator.setShapes({ 'autoposting.outputUrl': 'signed' });
  await renderedClip(simulator, 'Fresh', { outputSizeBytes: 8 * MIB });
  const { app, page } = await openJobs({ simulator, launchApp });
  const slow = await simulator.addFault({
    service: 'storage',
    path: '/renders/**',
    times: 'always',
    action: faults.slow({ answerBytesPerSecond: MIB }),
  });
  const dialog = await openClip(page, 'Fresh');
  const start = dialog.getByRole('button', { name: /^Download / });
  await start.click();
  await expect(dialog.getByRole('progressbar')).toBeVisible();
  await dialog.getByRole('button', { name: /Cancel the download/ }).click();
  await expect(start).toBeVisible();
  const folder = await downloadFolder(app);
  await expect.poll(() => readdir(folder)).toEqual([]);
  await simulator.removeFault(slow);

  // Longer than a link lives; the app still has the old one.
  await simulator.advance(2 * 3_600_000);
  await start.click();
  await expect(dialog).toContainText('Saved as Fresh');
  const asked = await simulator.requests({ service: 'storage' });
  expect(asked.filter(({ status }) => status === 403)).toHaveLength(1);
  await dialog.getByRole('button', { name: 'Show in folder' }).click();
  expect((await readdir(folder)).length).toBe(1);
});

test('a draft, a post now and a scheduled post are each made once, after a plain warning that it is public', async ({
  simulator,
  launchApp,
}) => {
  await renderedClip(simulator, 'Posted');
  const { page } = await openJobs({ simulator, launchApp });
  const menu = async (item: string) => {
    await row(page, 'Posted')
      .getByRole('button', { name: /More to do with/ })
      .first()
      .click();
    await page.getByRole('menuitem', { name: item }).click();
  };
  const posts = async () => (await simulator.things()).posts;
  await row(page, 'Posted').getByRole('button', { name: 'Details of Posted' }).click();

  await menu('Make a draft…');
  const draft = page.getByRole('dialog', { name: 'Make a draft at Autoposting' });
  await expect(draft).toContainText('It is not public until you publish it there.');
  expect(await posts()).toEqual([]);
  await draft.getByRole('button', { name: 'Make a draft' }).click();
  await expect(draft).toContainText('The draft is at Autoposting.');
  expect((await posts()).map(({ status }) => status)).toEqual(['draft']);
  await draft.getByRole('button', { name: 'Close' }).click();

  await menu('Publish…');
  const publish = page.getByRole('dialog', { name: 'Publish with Autoposting' });
  const platform = publish.getByRole('group').locator('label.checkbox').first();
  await platform.click();
  await publish.getByLabel('Text (optional)').fill('Look at this');
  await publish.getByRole('button', { name: 'Review…' }).click();
  await expect(publish).toContainText('This will be public at once, and everybody can see it.');
  await expect(publish).toContainText('Look at this');
  expect(await posts()).toHaveLength(1);
  await publish.getByRole('button', { name: 'Publish now' }).click();
  await expect(publish).toContainText('Handed to Autoposting to be published.');
  await expect(publish).toContainText('“published”');
  expect((await posts()).map(({ status }) => status)).toEqual(['draft', 'published']);
  await publish.getByRole('button', { name: 'Close' }).click();

  await menu('Publish…');
  await publish.getByText('At a time', { exact: true }).click();
  await publish.getByRole('button', { name: 'Review…' }).click();
  await expect(publish).toContainText('Choose a date and a time.');
  await publish.getByLabel('Date and time').fill('2099-05-04T12:30');
  await publish.getByRole('button', { name: 'Review…' }).click();
  await expect(publish).toContainText('This will be public on');
  await publish.getByRole('button', { name: 'Schedule' }).click();
  await expect(publish).toContainText('Scheduled at Autoposting.');
  expect((await posts()).map(({ status }) => status)).toEqual(['draft', 'published', 'scheduled']);
});

test('a post whose answer is lost is not sent again, and the user is told to look first', async ({
  simulator,
  launchApp,
}) => {
  await renderedClip(simulator, 'Once');
  const { page } = await openJobs({ simulator, launchApp });
  const line = row(page, 'Once');
  await line.getByRole('button', { name: 'Details of Once' }).click();
  await line
    .getByRole('button', { name: /More to do with/ })
    .first()
    .click();
  await page.getByRole('menuitem', { name: 'Publish…' }).click();
  const publish = page.getByRole('dialog', { name: 'Publish with Autoposting' });
  await publish.getByRole('button', { name: 'Review…' }).click();
  await simulator.addFault({ path: '/clips/{id}/publish', action: faults.lostAnswer() });
  await publish.getByRole('button', { name: 'Publish now' }).click();
  await expect(publish).toContainText('It was not sent again.');
  await expect(publish).toContainText('It may be public already.');
  await expect(publish.getByRole('button', { name: 'Publish now' })).toBeHidden();
  await publish.getByRole('button', { name: 'Close' }).click();
  await expect(line).toContainText('no clear answer came: it may be public.');
  await page.getByRole('button', { name: 'Check now' }).click();
  const sent = (await simulator.requests({ service: 'autoposting' })).filter(({ path }) =>
    path.endsWith('/publish'),
  );
  expect(sent).toHaveLength(1);
  expect((await simulator.things()).posts).toHaveLength(1);
});

test('the credit that is left is shown in each of the three forms in which the service gives it', async ({
  simulator,
  launchApp,
}) => {
  const { page } = await openJobs({ simulator, launchApp });
  await goTo(page, 'Accounts');
  const credit = page.getByRole('region', { name: 'Credit' });
  const shapes = [
    { shape: 'docs', shows: /In each period\d+/ },
    { shape: 'sdk', shows: /clips: \d+/ },
    { shape: 'cli', shows: /Left\d+ credits/ },
  ] as const;
  for (const { shape, shows } of shapes) {
    await simulator.setShapes({ 'autoposting.credits': shape });
    await credit.getByRole('button', { name: 'Ask again' }).click();
    await expect(credit).toContainText(shows);
  }
  await expect(credit).toContainText('New onnot told');
});

test.describe('signing in with the browser', () => {
  test.use({ simulatorOptions: { clock: 'real', config: { deviceIntervalSec: 1 } } });

  test('a code that is confirmed in the browser adds the account, and one that is denied does not', async ({
    desktop,
    simulator,
    launchApp,
  }) => {
    const app = await launchApp();
    const page = await app.window();
    await goTo(page, 'Accounts');
    await page.getByRole('button', { name: 'Add account' }).first().click();
    const dialog = page.getByRole('dialog', { name: 'Add account' });
    await dialog.locator('label').filter({ hasText: 'Autoposting' }).click();
    await dialog.getByText('Sign in with the browser', { exact: true }).click();
    const waiting = page.getByRole('dialog', { name: 'Sign in to Autoposting' });
    const code = async () =>
      (await waiting.getByRole('status', { name: 'Your code' }).textContent())?.trim() ?? '';

    await dialog.getByRole('button', { name: 'Open the browser' }).click();
    await expect(waiting).toContainText('left');
    await expect.poll(async () => (await desktop.opened()).at(-1)).toContain('/cli-auth');
    await simulator.decideDevice(await code(), 'deny');
    await expect(dialog).toContainText('No account was added.');
    expect(Object.keys((await stateOf(page)).accounts)).toEqual([]);

    // Polled too often once: it slows down and goes on.
    await simulator.addFault({
      path: '/auth/cli/poll',
      action: faults.respond(400, { error: 'slow_down', interval: 2 }),
    });
    await dialog.getByRole('button', { name: 'Open the browser' }).click();
    await expect(waiting).toBeVisible();
    const [account] = await simulator.accounts();
    await simulator.decideDevice(await code(), 'approve', account?.id);
    await expect(waiting).toBeHidden();
    await expect
      .poll(async () => Object.values((await stateOf(page)).accounts)[0]?.problem)
      .toBeNull();
    expect(await simulator.keyLeaks()).toEqual([]);
  });

  test('an expired code is reported, and a cancelled one is not polled any more', async ({
    simulator,
    launchApp,
  }) => {
    await simulator.configure({ deviceExpiresSec: 3 });
    const app = await launchApp();
    const page = await app.window();
    await goTo(page, 'Accounts');
    await page.getByRole('button', { name: 'Add account' }).first().click();
    const dialog = page.getByRole('dialog', { name: 'Add account' });
    await dialog.locator('label').filter({ hasText: 'Autoposting' }).click();
    await dialog.getByText('Sign in with the browser', { exact: true }).click();
    await dialog.getByRole('button', { name: 'Open the browser' }).click();
    await expect(dialog).toContainText('The time for this code is over.');
    await simulator.configure({ deviceExpiresSec: 900 });
    await dialog.getByRole('button', { name: 'Open the browser' }).click();
    const waiting = page.getByRole('dialog', { name: 'Sign in to Autoposting' });
    await waiting.getByRole('button', { name: 'Cancel' }).click();
    await expect(dialog.getByRole('button', { name: 'Open the browser' })).toBeVisible();
    expect(Object.keys((await stateOf(page)).accounts)).toEqual([]);
  });
});

test('each upload goes to the brand it was given, and the last one is offered first', async ({
  desktop,
  simulator,
  launchApp,
}) => {
  const [account] = await simulator.accounts();
  const second = await simulator.createBrand({
    accountId: account?.id ?? '',
    name: 'Second brand',
    slug: 'second-brand',
  });
  const path = await makeVideo(desktop, 'branded.mov', 6 * MIB);
  const { page } = await openJobs({ simulator, launchApp });
  await dropFiles(page.locator('body'), [path]);
  const dialog = page.getByRole('dialog', { name: 'Upload to which brand?' });
  await dialog.getByRole('button', { name: /Second brand/ }).click();
  await expect.poll(async () => (await simulator.clips())[0]?.brandId).toBe(second.id);
  const other = await makeVideo(desktop, 'other.mov', 6 * MIB);
  // What is dropped on a dialog while it closes does not reach the page.
  await expect(dialog).toBeHidden();
  await dropFiles(page.locator('body'), [other]);
  await expect(dialog.getByRole('button').first()).toContainText('Second brand');
});
