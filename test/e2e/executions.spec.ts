import { expect, test } from '../desktop/fixtures';
import { faults } from '../simulator/client';
import {
  choose,
  clippingAccountId,
  openClipping,
  openStart,
  startAndAgree,
  startDialog,
} from './execution-steps';
import { addBothAccounts, goTo, row } from './steps';

const LINK = 'https://www.youtube.com/watch?v=harbour00003';
/** As YouTube's own share button gives it. */
const SHARED = 'https://youtu.be/harbour00003?si=0123456789abcdef';

test('a transcript is started from a link: the item is made first, and the line is there at once', async ({
  simulator,
  launchApp,
}) => {
  const { page } = await openClipping({ simulator, launchApp });
  const dialog = await openStart(page);
  await expect(dialog.getByText('0.01 coins, and what the video provider')).toBeVisible();
  await expect(dialog.getByText(/^1,000 coins|^999/)).toBeVisible();
  await dialog.getByLabel('Link to the video').fill(SHARED);
  await choose(dialog, 'Language', 'English');
  await dialog.getByText('Make it searchable').click();
  await dialog.getByRole('button', { name: 'Start', exact: true }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('row')).toHaveCount(1);

  const { items } = await simulator.call('things');
  const made = items.find(({ source }) => source === LINK);
  expect(await simulator.executions()).toMatchObject([
    { kind: 'transcript', itemId: made?.id, lang: 'en' },
  ]);
  const [sent] = await simulator.requests({ route: 'POST /v1/items/{id}/transcript' });
  expect(JSON.parse(sent?.body ?? '')).toEqual({ lang: 'en', embed: true });
});

test('a transcript of a video that is there already is started with the user’s own text', async ({
  simulator,
  launchApp,
}) => {
  const { page } = await openClipping({ simulator, launchApp });
  const dialog = await openStart(page);
  await dialog.locator('label').filter({ hasText: 'Already at Clipping' }).click();
  await choose(dialog, 'Video', 'Boats coming in');
  await dialog.getByText('I have the text already').click();
  await dialog.getByLabel('Your text').fill('The boats come in. The tide turns.');
  await expect(dialog.getByText('0.01 coins', { exact: true })).toBeVisible();
  await dialog.getByRole('button', { name: 'Start', exact: true }).click();
  await expect(row(page, 'Boats coming in')).toBeVisible();
  expect(await simulator.executions()).toMatchObject([
    { kind: 'transcript', text: 'The boats come in. The tide turns.' },
  ]);
});

test('a reporter is run on a channel, with a workflow that was picked, after the cost was agreed to', async ({
  simulator,
  launchApp,
}) => {
  const { page } = await openClipping({ simulator, launchApp });
  const dialog = await openStart(page);
  await choose(dialog, 'What to do', 'Run a reporter on a link');
  await dialog.getByLabel('Link or name').fill('@harbour');
  await choose(dialog, 'Reporter', 'Harbour news');
  await choose(dialog, 'Workflow', 'Summary and quotes');
  await expect(dialog.getByText('Clipping does not tell the fee beforehand')).toBeVisible();
  await dialog.getByRole('button', { name: 'Start', exact: true }).click();
  const confirm = page.getByRole('alertdialog', { name: 'Start this now?' });
  await expect(confirm.getByText('does not tell beforehand what this costs')).toBeVisible();
  await confirm.getByRole('button', { name: 'Back' }).click();
  expect(await simulator.executions()).toEqual([]);
  // What was filled in is still there.
  await expect(dialog.getByLabel('Link or name')).toHaveValue('@harbour');
  await startAndAgree(page);
  await expect(page.getByRole('row')).toHaveCount(1);
  const { workflows } = await simulator.call('things');
  expect(await simulator.executions()).toMatchObject([
    { kind: 'workflow', workflowId: workflows[0]?.id },
  ]);
});

test('a reporter is run on a collection', async ({ simulator, launchApp }) => {
  const { page } = await openClipping({ simulator, launchApp });
  const dialog = await openStart(page);
  await choose(dialog, 'What to do', 'Run a reporter on a collection');
  await choose(dialog, 'Reporter', 'Harbour news');
  await choose(dialog, 'Collection', 'Harbour (2 items)');
  await startAndAgree(page);
  await expect(row(page, 'Harbour')).toBeVisible();
  expect(await simulator.executions()).toMatchObject([{ kind: 'collection' }]);
});

test('a schedule is run now, and the executions its answer does not name show up', async ({
  simulator,
  launchApp,
}) => {
  const { page } = await openClipping({ simulator, launchApp });
  const dialog = await openStart(page);
  await choose(dialog, 'What to do', 'Run a schedule now');
  await choose(dialog, 'Reporter', 'Harbour news');
  await choose(dialog, 'Schedule', 'Every morning');
  await startAndAgree(page);
  await expect(page.getByText('The schedule is running.')).toBeVisible();
  await simulator.advance(1_000);
  await expect(row(page, 'Tides of the week')).toBeVisible();
  await expect(row(page, 'Boats coming in')).toBeVisible();
  expect((await simulator.executions()).map(({ kind }) => kind)).toEqual([
    'scheduled',
    'scheduled',
  ]);
  const counters = await simulator.counters();
  const asked = (route: string) => counters[`clipping ${route}`] ?? 0;
  expect(asked('POST /v1/reporters/{id}/schedules/{sid}/run')).toBe(1);
  expect(asked('GET /v1/reporters/{id}/schedule/runs')).toBeGreaterThan(0);
  expect(asked('GET /v1/reporters/{id}/executions')).toBeGreaterThan(0);
});

test('where the service has no lists, IDs are typed in', async ({ simulator, launchApp }) => {
  await simulator.setShapes({ 'clipping.pickerLists': 'absent' });
  const { collections, reporters } = await simulator.call('things');
  const { page } = await openClipping({ simulator, launchApp });
  const dialog = await openStart(page);
  await choose(dialog, 'What to do', 'Run a reporter on a collection');
  await expect(dialog.getByText('Clipping gives no list of these').first()).toBeVisible();
  await dialog.getByRole('button', { name: 'Start', exact: true }).click();
  await expect(dialog.getByText('This is needed.')).toHaveCount(2);
  await dialog.getByLabel('Reporter: ID').fill(reporters[0]?.id ?? '');
  await dialog.getByLabel('Collection: ID').fill(collections[0]?.id ?? '');
  await startAndAgree(page);
  await expect(row(page, 'Harbour')).toBeVisible();
});

test('a start whose answer is lost is found, and is not sent again', async ({
  simulator,
  launchApp,
}) => {
  const { page } = await openClipping({ simulator, launchApp });
  await simulator.addFault({
    method: 'POST',
    path: '/v1/items/{id}/transcript',
    action: faults.lostAnswer(),
  });
  const dialog = await openStart(page);
  await dialog.getByLabel('Link to the video').fill(LINK);
  await dialog.getByRole('button', { name: 'Start', exact: true }).click();
  await expect(dialog.getByText('No clear answer came, but it has started.')).toBeVisible();
  await expect(dialog.getByText('Do not start it again.')).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Start it again' })).toHaveCount(0);
  await dialog.getByRole('button', { name: 'Show the list' }).click();
  await expect(page.getByRole('row')).toHaveCount(1);
  expect(await simulator.executions()).toHaveLength(1);
});

test('a start that never arrived is reported as not seen, and left to the user', async ({
  simulator,
  launchApp,
}) => {
  const { page } = await openClipping({ simulator, launchApp });
  await simulator.addFault({
    method: 'POST',
    path: '/v1/items/{id}/transcript',
    action: faults.resetWithoutEffect(),
  });
  const dialog = await openStart(page);
  await dialog.getByLabel('Link to the video').fill(LINK);
  await dialog.getByRole('button', { name: 'Start', exact: true }).click();
  await expect(dialog.getByText('and Clipping does not show it.')).toBeVisible();
  expect(await simulator.executions()).toEqual([]);
  await dialog.getByRole('button', { name: 'Start it again' }).click();
  await expect(dialog).toBeHidden();
  expect(await simulator.executions()).toHaveLength(1);
});

test('a refusal is shown in our words and in the service’s Portuguese ones', async ({
  simulator,
  launchApp,
}) => {
  const { page } = await openClipping({ simulator, launchApp });
  const dialog = await openStart(page);
  await dialog.getByLabel('Link to the video').fill('https://feeds.example/news.xml');
  await dialog.getByRole('button', { name: 'Start', exact: true }).click();
  const notice = dialog.getByRole('alert');
  await expect(notice).toContainText('Nothing was started.');
  await expect(notice).toContainText('Clipping says');
  await expect(notice).toContainText('só um vídeo pode ser transcrito');
  expect(await simulator.executions()).toEqual([]);
});

test('without coins nothing is started, and the way to the balance page is there', async ({
  simulator,
  launchApp,
}) => {
  const { app, page } = await openClipping({ simulator, launchApp });
  await simulator.setShapes({ 'clipping.zeroBalance': 'starts' });
  await simulator.setAccount({ accountId: await clippingAccountId(simulator), balance: 0 });
  const dialog = await openStart(page);
  await dialog.getByLabel('Link to the video').fill(LINK);
  await dialog.getByRole('button', { name: 'Start', exact: true }).click();
  await expect(dialog.getByText('the balance of this account is used up')).toBeVisible();
  const opened = app.electron.evaluate(
    ({ shell }) =>
      new Promise<string>((resolve) => {
        shell.openExternal = async (url) => resolve(url);
      }),
  );
  await dialog.getByRole('button', { name: 'Open balance page' }).click();
  expect(await opened).toBe('https://clipping.cc/balance');
  expect(await simulator.executions()).toEqual([]);
});

test('the limit in the settings decides whether a known fee has to be confirmed', async ({
  simulator,
  launchApp,
}) => {
  const { page } = await openClipping({ simulator, launchApp });
  await goTo(page, 'Settings');
  await page.getByRole('button', { name: /Ask before a start that costs more than$/ }).click();
  await page.getByRole('option', { name: 'Always ask' }).click();
  await goTo(page, 'Jobs');
  const dialog = await openStart(page);
  await dialog.getByLabel('Link to the video').fill(LINK);
  await dialog.getByRole('button', { name: 'Start', exact: true }).click();
  const confirm = page.getByRole('alertdialog', { name: 'Start this now?' });
  await expect(confirm.getByText('It costs 0.01 coins at once')).toBeVisible();
  await confirm.getByRole('button', { name: 'Start now' }).click();
  await expect(page.getByRole('row')).toHaveCount(1);
});

test('a pasted YouTube link is offered to both services', async ({ simulator, launchApp }) => {
  const app = await launchApp();
  const page = await app.window();
  await addBothAccounts(page, simulator);
  await goTo(page, 'Jobs');
  // The window learns of a new account a moment after the dialog has closed.
  await expect(page.getByRole('button', { name: 'Transcribe or process a video…' })).toBeVisible();
  await app.electron.evaluate(({ clipboard }, text) => clipboard.writeText(text), SHARED);
  await page.bringToFront();
  await page.keyboard.press('Control+v');
  const offer = page.getByRole('dialog', { name: 'What shall be done with this link?' });
  await expect(offer.getByRole('button', { name: /Import the video/ })).toBeVisible();
  await offer.getByRole('button', { name: /Transcribe or process it/ }).click();
  await expect(startDialog(page).getByLabel('Link to the video')).toHaveValue(SHARED);
});

test('work is started from the tray and from the command line, which also reports bad input', async ({
  trayHost,
  simulator,
  launchApp,
}) => {
  const { app, page } = await openClipping({ simulator, launchApp });
  await trayHost.waitFor(({ menu }) =>
    menu.some(({ label }) => label === 'Transcribe or process a video…'),
  );
  await trayHost.click('Transcribe or process a video…');
  await expect(startDialog(page).getByLabel('Link to the video')).toHaveValue('');
  await startDialog(page).getByRole('button', { name: 'Cancel' }).click();

  expect(await app.startAgain(['start', LINK])).toBe(0);
  await expect(startDialog(page).getByLabel('Link to the video')).toHaveValue(LINK);
  expect(await simulator.executions()).toEqual([]);

  const wrong = await app.runAgain(['start', 'harbour']);
  expect(wrong.code).toBe(2);
  expect(wrong.stderr).toContain('give one link');
});
