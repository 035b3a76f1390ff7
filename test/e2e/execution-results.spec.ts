import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '../desktop/fixtures';
import { answerDialog } from '../desktop/native-windows';
import { faults } from '../simulator/client';
import { clippingAccountId, openClipping, openDetails } from './execution-steps';
import { goTo, row, stateOf } from './steps';

const TITLE = 'Tides of the week';

test('an execution shows its steps, those to come, and the whole answer', async ({
  simulator,
  launchApp,
}) => {
  const { reporters, workflows, items } = await simulator.call('things');
  const [execution] = await simulator.createExecutions({
    kind: 'workflow',
    itemId: items[0]?.id ?? '',
    reporterId: reporters[0]?.id ?? '',
    workflowId: workflows[0]?.id ?? '',
    plan: { pendingMs: 0, runningMs: 600_000, steps: 2 },
  });
  const { page } = await openClipping({ simulator, launchApp });
  await simulator.advance(1_000);
  const dialog = await openDetails(page, TITLE);
  const steps = dialog.getByRole('listitem');
  await expect(steps).toHaveCount(2);
  await expect(dialog.getByText('Summary and quotes', { exact: true })).toBeVisible();
  await expect(steps.first()).toContainText('Running');
  await expect(steps.last()).toContainText('Still to come');
  await steps.last().getByRole('button', { name: 'Planned input', exact: true }).click();
  await expect(steps.last()).toContainText('List the sentences worth repeating.');

  await simulator.advance(320_000);
  await dialog.getByRole('button', { name: 'Read again' }).click();
  await expect(steps.first()).toContainText('Done');
  await steps.first().getByRole('button', { name: 'Output', exact: true }).click();
  await expect(steps.first()).toContainText('Texto do passo 1.');

  await dialog.getByRole('button', { name: 'Answer of Clipping as it came', exact: true }).click();
  await expect(dialog.getByText(`"execution_id": "${execution?.id}"`)).toBeVisible();
  await dialog.getByRole('button', { name: 'Copy the answer' }).click();
  await expect(page.getByText('Copied', { exact: true })).toBeVisible();
});

test('a failure is shown in the service’s words, and a used-up balance as what it is', async ({
  simulator,
  launchApp,
}) => {
  await simulator.setShapes({
    'clipping.brokeCode': 'status_code',
    'clipping.zeroBalance': 'starts',
  });
  await simulator.createExecutions({ plan: { pendingMs: 1_000 } });
  const { page } = await openClipping({ simulator, launchApp });
  await expect(row(page, TITLE)).toBeVisible();
  await simulator.setAccount({ accountId: await clippingAccountId(simulator), balance: 0 });
  await simulator.advance(10_000);
  await expect(row(page, TITLE)).toContainText('Failed');
  const dialog = await openDetails(page, TITLE);
  await expect(
    dialog.getByText('It ended because the balance was used up while it ran.'),
  ).toBeVisible();
  await expect(dialog.getByRole('blockquote')).toHaveText(
    'o saldo acabou durante a execução (402)',
  );
  await expect(dialog.getByRole('button', { name: 'Open balance page' })).toBeVisible();
});

test('a 402 to a poll concerns the account, and the execution goes on', async ({
  simulator,
  launchApp,
}) => {
  await simulator.createExecutions({ plan: { runningMs: 600_000 } });
  const { page } = await openClipping({ simulator, launchApp });
  await expect(row(page, TITLE)).toBeVisible();
  await simulator.addFault({
    path: '/v1/executions/me',
    times: 'always',
    action: faults.noCredit(),
  });
  await page.getByRole('button', { name: 'Check now' }).click();
  await goTo(page, 'Accounts');
  await expect(page.getByText('This account has no credit left.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Open balance page' })).toBeVisible();
  const lines = Object.values((await stateOf(page)).lines);
  expect(lines.map(({ active }) => active)).toEqual([true]);
});

test.describe('with a desktop that passes keys to dialogs', () => {
  test.use({ desktopOptions: { windowManager: true } });

  test('a transcript is read for its fee once, copied, and saved as subtitles', async ({
    desktop,
    simulator,
    launchApp,
  }) => {
    await simulator.createExecutions({ lang: 'pt' });
    const { app, page } = await openClipping({ simulator, launchApp });
    await expect(row(page, TITLE)).toBeVisible();
    await simulator.advance(60_000);
    await expect(row(page, TITLE)).toContainText('Done');

    const details = await openDetails(page, TITLE);
    await details.getByRole('button', { name: 'Read transcript…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Transcript' });
    await expect(dialog.getByText('Reading it costs 0.005 coins.')).toBeVisible();
    await dialog.getByRole('button', { name: 'Read it for 0.005 coins' }).click();
    await expect(dialog.getByText('Os barcos voltam com a maré.')).toBeVisible();
    await dialog.locator('label').filter({ hasText: 'With times' }).click();
    await expect(dialog.getByRole('listitem').nth(1)).toContainText('0:04');

    await dialog.getByRole('button', { name: 'Copy text' }).click();
    await expect(page.getByText('Copied', { exact: true })).toBeVisible();
    const copied = await app.electron.evaluate(({ clipboard }) => clipboard.readText());
    expect(copied).toContain('O porto acorda cedo.');

    await dialog.getByRole('button', { name: 'Save as…' }).click();
    await page.getByRole('menuitem', { name: 'Subtitles (SRT)' }).click();
    await answerDialog(desktop, 'Save File', 'Return');
    await expect(page.getByText('The transcript was saved.')).toBeVisible();
    const folder = await app.electron.evaluate(({ app: main }) => main.getPath('documents'));
    const [name = ''] = readdirSync(folder).filter((file) => file.endsWith('.srt'));
    expect(name).toBe(`${TITLE} (pt).srt`);
    expect(readFileSync(join(folder, name), 'utf8')).toContain(
      '2\n00:00:04,200 --> 00:00:08,400\nOs barcos voltam com a maré.\n',
    );
    const reads = await simulator.requests({ route: 'GET /v1/items/{id}/transcript' });
    expect(reads).toHaveLength(1);

    await choose(dialog, 'Japanese');
    await dialog.getByRole('button', { name: 'Read it for 0.005 coins' }).click();
    await expect(dialog.getByText('Clipping has no transcript in this language.')).toBeVisible();
    await expect(dialog.getByText('ainda não há transcrição')).toBeVisible();
  });
});

async function choose(dialog: import('@playwright/test').Locator, language: string) {
  await dialog.getByRole('button', { name: /Language$/ }).click();
  await dialog.page().getByRole('option', { name: language }).click();
}

test('the documents of an execution are listed, read and copied', async ({
  simulator,
  launchApp,
}) => {
  const { reporters, workflows, items } = await simulator.call('things');
  await simulator.createExecutions({
    kind: 'workflow',
    itemId: items[0]?.id ?? '',
    reporterId: reporters[0]?.id ?? '',
    workflowId: workflows[0]?.id ?? '',
  });
  const { app, page } = await openClipping({ simulator, launchApp });
  await expect(row(page, TITLE)).toBeVisible();
  await simulator.advance(60_000);
  await expect(row(page, TITLE)).toContainText('Done');
  const details = await openDetails(page, TITLE);
  await details.getByRole('button', { name: 'Documents…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Documents' });
  await expect(dialog.getByText('does not tell which documents belong to this run')).toBeVisible();
  const title = `Resumo: ${TITLE}`;
  await dialog.getByRole('button', { name: title, exact: true }).click();
  await expect(dialog.getByText('Os barcos chegam, o mercado abre')).toBeVisible();
  await dialog.getByRole('button', { name: `Copy ${title}` }).click();
  await expect(page.getByText('Copied', { exact: true })).toBeVisible();
  const copied = await app.electron.evaluate(({ clipboard }) => clipboard.readText());
  expect(copied).toContain('# Resumo');
  await dialog.getByRole('button', { name: 'Back' }).click();
  await expect(page.getByRole('dialog', { name: TITLE })).toBeVisible();
});

test('with a session token a hint is followed by a poll at once, and a refused token is reported', async ({
  simulator,
  launchApp,
}) => {
  const { page } = await openClipping({ simulator, launchApp });
  const accountId = await clippingAccountId(simulator);
  const token = await simulator.createSessionToken(accountId, 600_000);
  await goTo(page, 'Accounts');
  await expect(page.getByText('does not let a key on its live channel')).toBeVisible();
  const give = async (button: string, secret: string) => {
    await page.getByRole('button', { name: button }).click();
    const dialog = page.getByRole('dialog', { name: 'Session token' });
    await dialog.getByLabel('Session token', { exact: true }).fill(secret);
    await dialog.getByRole('button', { name: 'Use it' }).click();
    await expect(dialog).toBeHidden();
  };
  await give('Enter a session token…', token);
  await expect(page.getByText(/Connected: Cliptray asks as soon as/)).toBeVisible();

  // Nothing is running, so the next regular poll is minutes away.
  const [last] = await simulator.requests({ route: 'GET /v1/executions/me', limit: 1 });
  await simulator.createExecutions({ count: 1 });
  expect(await simulator.sendRealtime(accountId, { anything: true })).toBe(1);
  await simulator.until(
    async () =>
      (await simulator.requests({ route: 'GET /v1/executions/me', afterId: last?.id ?? 0 })).length,
    10_000,
  );
  await goTo(page, 'Jobs');
  await expect(row(page, TITLE)).toBeVisible();

  await goTo(page, 'Accounts');
  await give('Replace token…', 'not-a-token');
  await expect(page.getByText('Clipping does not take the session token.')).toBeVisible();
  await expect(page.getByText('Working', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Remove token' }).click();
  await expect(page.getByText('does not let a key on its live channel')).toBeVisible();
  expect(await simulator.openSockets()).toBe(0);
  expect(await simulator.keyLeaks()).toEqual([]);
});
