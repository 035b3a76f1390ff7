import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { defaultUserDataDir } from '../desktop/app';
import { expect, test } from '../desktop/fixtures';
import { KeyringPrompter, lockKeyring, lookupSecret, unlockKeyring } from '../desktop/secrets';
import type { VirtualDesktop } from '../desktop/virtual-desktop';
import { faults } from '../simulator/client';
import { addAccount, enterAccount, goTo, stateOf } from './steps';

/** Files below a folder that contain a text, as plain text or as UTF-16. */
function filesWith(folder: string, text: string): string[] {
  const forms = [Buffer.from(text), Buffer.from(text, 'utf16le')];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile())
    .filter((path) => {
      const bytes = readFileSync(path);
      return forms.some((form) => bytes.includes(form));
    });
}

/**
 * Everything of the desktop that is on disk: home, configuration, databases, logs, crash reports.
 */
const diskOf = (desktop: VirtualDesktop) => join(desktop.home, '..');

test('a key goes into the keychain and nowhere else', async ({
  desktop,
  trayHost,
  simulator,
  launchApp,
}) => {
  const key = simulator.keys.clipping;
  const app = await launchApp();
  const page = await app.window();
  await addAccount(page, { service: 'Clipping', key });
  await trayHost.waitFor();
  await simulator.until(async () => {
    const counters = await simulator.counters();
    return (counters['clipping GET /v1/executions/me'] ?? 0) > 0;
  });

  const accountId = Object.keys((await stateOf(page)).accounts)[0] ?? '';
  expect(await lookupSecret(desktop, { service: 'Cliptray', account: accountId })).toBe(key);

  // The page has forgotten it: it is not in the document, in a field, or in any of React's state.
  await page.getByRole('button', { name: 'Add account' }).first().click();
  await expect(page.getByLabel('API key', { exact: true })).toHaveValue('');
  expect(await page.content()).not.toContain(key);
  expect(await page.evaluate(() => JSON.stringify(window.cliptray.snapshot()))).not.toContain(key);

  // The same search must find it where it may be, or finding nothing elsewhere proves nothing.
  const database = join(defaultUserDataDir(desktop), 'cliptray.db');
  const found = filesWith(diskOf(desktop), accountId);
  expect(found.filter((path) => path.startsWith(database))).not.toEqual([]);
  expect(filesWith(diskOf(desktop), key)).toEqual([]);
  expect(app.output).not.toContain(key);
  await app.stop();
  expect(filesWith(diskOf(desktop), key)).toEqual([]);
  expect(await simulator.keyLeaks()).toEqual([]);
});

test('after a restart the account works without being asked for its key', async ({
  simulator,
  trayHost,
  launchApp,
}) => {
  const first = await launchApp();
  await addAccount(await first.window(), { service: 'Clipping', key: simulator.keys.clipping });
  await trayHost.waitFor();
  await first.stop();
  await simulator.clearLog();
  const second = await launchApp();
  await goTo(await second.window(), 'Accounts');
  await expect((await second.window()).getByText('Working', { exact: true })).toBeVisible();
  const [request] = await simulator.requests({ service: 'clipping' });
  expect(request?.keyForm).toBe('bearer');
});

test('how closely an account is watched and what it notifies of are kept over a restart', async ({
  simulator,
  launchApp,
}) => {
  const first = await launchApp();
  const page = await first.window();
  await addAccount(page, { service: 'Autoposting', key: simulator.keys.autoposting });
  const choice = (window: Page, group: string, option: string) =>
    window.getByRole('radiogroup', { name: group }).getByRole('radio', { name: option });
  // The radio button itself is invisible: a user sees and clicks its label.
  const choose = (group: string, option: string) =>
    page
      .getByRole('radiogroup', { name: group })
      .locator('label')
      .filter({ hasText: option })
      .click();
  await expect(choice(page, 'How closely to watch', 'Balanced')).toBeChecked();
  await choose('How closely to watch', 'Saving');
  await choose('When a clip is ready', 'Never');
  await choose('When a render ends', 'Only if it fails');
  await page.locator('label').filter({ hasText: 'With sound' }).click();
  await expect(page.getByRole('switch', { name: 'With sound' })).not.toBeChecked();
  await first.stop();

  const again = await (await launchApp()).window();
  await goTo(again, 'Accounts');
  await expect(choice(again, 'How closely to watch', 'Saving')).toBeChecked();
  await expect(choice(again, 'When a clip is ready', 'Never')).toBeChecked();
  await expect(choice(again, 'When a render ends', 'Only if it fails')).toBeChecked();
  await expect(again.getByRole('switch', { name: 'With sound' })).not.toBeChecked();
  // What polling costs is shown.
  await expect(again.getByText('Requests in the last hour')).toBeVisible();
});

test('Autoposting: the brand is chosen when there is one, and the key goes in the chosen header', async ({
  simulator,
  launchApp,
}) => {
  const app = await launchApp();
  const page = await app.window();
  const dialog = await enterAccount(page, {
    service: 'Autoposting',
    key: simulator.keys.autoposting,
  });
  await dialog.getByText('Advanced').click();
  await dialog.getByText('x-api-key', { exact: true }).click();
  await dialog.getByRole('button', { name: 'Add account' }).click();
  await expect(dialog).toBeHidden();
  const [account] = Object.values((await stateOf(page)).accounts);
  expect(account?.brandId).not.toBeNull();
  const requests = await simulator.requests({ service: 'autoposting' });
  expect(requests.map(({ keyForm }) => keyForm)).toContain('x-api-key');
  expect(requests.map(({ keyForm }) => keyForm)).not.toContain('bearer');
});

test('several accounts of one service are kept apart; rename and remove do what they say', async ({
  desktop,
  simulator,
  launchApp,
}) => {
  const other = await simulator.createAccount({ service: 'clipping', name: 'Other' });
  const app = await launchApp();
  const page = await app.window();
  await addAccount(page, { service: 'Clipping', key: simulator.keys.clipping, name: 'First' });
  await addAccount(page, { service: 'Clipping', key: other.key, name: 'Second' });

  await page.getByRole('button', { name: 'More for Second' }).click();
  await page.getByRole('menuitem', { name: 'Rename…' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('Agency');
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('heading', { name: 'Agency' })).toBeVisible();

  const ids = Object.values((await stateOf(page)).accounts);
  const agencyId = ids.find(({ name }) => name === 'Agency')?.id ?? '';
  await page.getByRole('button', { name: 'More for Agency' }).click();
  await page.getByRole('menuitem', { name: 'Remove…' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove account' }).click();
  await expect(page.getByRole('heading', { name: 'Agency' })).toBeHidden();
  await expect(page.getByRole('heading', { name: 'First' })).toBeVisible();
  await expect
    .poll(() => lookupSecret(desktop, { service: 'Cliptray', account: agencyId }))
    .toBeUndefined();
});

test('a refused key is called wrong, is not saved, and can be corrected on the spot', async ({
  desktop,
  simulator,
  launchApp,
}) => {
  const app = await launchApp();
  const page = await app.window();
  const dialog = await enterAccount(page, { service: 'Clipping', key: 'ck_live_mistyped_key' });
  await dialog.getByRole('button', { name: 'Add account' }).click();
  await expect(dialog.getByText('Nothing was saved.')).toBeVisible();
  expect(Object.keys((await stateOf(page)).accounts)).toEqual([]);
  expect(filesWith(diskOf(desktop), 'ck_live_mistyped_key')).toEqual([]);
  await dialog.getByLabel('API key', { exact: true }).fill(simulator.keys.clipping);
  await dialog.getByRole('button', { name: 'Add account' }).click();
  await expect(dialog).toBeHidden();
});

const TROUBLES = [
  { what: '402', action: faults.noCredit(), state: 'No credit' },
  { what: '403 for a scope', action: faults.scopeMissing(), state: 'Not permitted' },
  { what: '403 for a suspended plan', action: faults.suspended(), state: 'Plan suspended' },
  { what: '429', action: faults.rateLimited({ seconds: 60 }), state: 'Asked to slow down' },
  { what: '503', action: faults.serverError(503), state: 'Service has a fault' },
  { what: 'a web page', action: faults.html(), state: 'Web page instead of data' },
  { what: 'malformed JSON', action: faults.malformedJson(), state: 'Damaged answer' },
  { what: 'a cut connection', action: faults.resetBeforeBody(), state: 'Not reachable' },
];

test('each problem of a good key is shown as what it is, and none as a wrong key', async ({
  simulator,
  launchApp,
}) => {
  const app = await launchApp();
  const page = await app.window();
  await addAccount(page, { service: 'Autoposting', key: simulator.keys.autoposting });
  const card = page.getByRole('article').or(page.locator('.account-card')).first();
  for (const { what, action, state } of TROUBLES) {
    await test.step(what, async () => {
      await simulator.addFault({ service: 'autoposting', times: 'always', action });
      await card.getByRole('button', { name: 'Test', exact: true }).click();
      await expect(card.getByText(state, { exact: true }).first()).toBeVisible();
      await expect(card.getByText('Key not accepted')).toBeHidden();
      await simulator.clearFaults();
    });
  }
  await test.step('401', async () => {
    await simulator.setKey({ key: simulator.keys.autoposting, revoked: true });
    await card.getByRole('button', { name: 'Test', exact: true }).click();
    await expect(card.getByText('Key not accepted').first()).toBeVisible();
  });
  await test.step('and it is well again by itself', async () => {
    await simulator.setKey({ key: simulator.keys.autoposting, revoked: false });
    await card.getByRole('button', { name: 'Test', exact: true }).click();
    await expect(card.getByText('Working', { exact: true })).toBeVisible();
  });
});

test('a service that cannot be reached: the account is kept, and says why', async ({
  simulator,
  launchApp,
}) => {
  const app = await launchApp({ env: { CLIPTRAY_CLIPPING_URL: 'http://127.0.0.1:9' } });
  const page = await app.window();
  const dialog = await enterAccount(page, { service: 'Clipping', key: simulator.keys.clipping });
  await dialog.getByRole('button', { name: 'Add account' }).click();
  await expect(page.getByRole('dialog', { name: 'Account saved' })).toBeVisible();
  const [account] = Object.values((await stateOf(page)).accounts);
  expect(account?.problem ?? 'unreachable').toBe('unreachable');
});

test('a key goes only to the origin that it was saved for, and another address is shown', async ({
  simulator,
  launchApp,
}) => {
  const seen: string[] = [];
  const other = createServer((request, response) => {
    seen.push(JSON.stringify(request.headers));
    response.end('{}');
  });
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
  const first = await launchApp();
  await addAccount(await first.window(), { service: 'Clipping', key: simulator.keys.clipping });
  await first.stop();
  await simulator.clearLog();

  const diverted = await launchApp({ env: { CLIPTRAY_CLIPPING_URL: `${origin}/api` } });
  const page = await diverted.window();
  await expect(page.getByText(`Clipping at ${origin}`)).toBeVisible();
  await goTo(page, 'Accounts');
  await expect(page.getByText('Key for another address')).toBeVisible();
  await expect(page.getByText('CLIPTRAY_CLIPPING_URL sets this one')).toBeVisible();
  await diverted.stop();
  expect(seen).toEqual([]);
  other.close();

  // It works again without anything being entered.
  const back = await launchApp();
  await goTo(await back.window(), 'Accounts');
  await expect((await back.window()).getByText('Working', { exact: true })).toBeVisible();
});

test('a locked keyring is no lost key: one prompt for all accounts, and it goes on once unlocked', async ({
  desktop,
  simulator,
  launchApp,
}) => {
  const other = await simulator.createAccount({ service: 'clipping', name: 'Other' });
  const first = await launchApp();
  const setUp = await first.window();
  await addAccount(setUp, { service: 'Clipping', key: simulator.keys.clipping, name: 'First' });
  await addAccount(setUp, { service: 'Clipping', key: other.key, name: 'Second' });
  await first.stop();
  await lockKeyring(desktop);
  const prompter = await KeyringPrompter.start(desktop.busAddress);

  const app = await launchApp();
  const page = await app.window();
  await expect(page.getByText('Your desktop is asking for the password')).toBeVisible();
  await expect.poll(() => prompter.isOpen).toBe(true);
  await expect(page.getByText('not here any more')).toBeHidden();
  prompter.dismiss();
  await expect(page.getByText('The keychain is locked')).toBeVisible();
  await expect(page.getByText('2 accounts wait for their keys')).toBeVisible();
  await goTo(page, 'Settings');
  await expect(page.getByText('They are locked just now.')).toBeVisible();
  await goTo(page, 'Accounts');
  await expect(page.getByText('not here any more')).toBeHidden();
  expect(prompter.openedCount).toBe(1);

  // Asked for by the user, and then unlocked in another way than through that prompt.
  await page.getByRole('button', { name: 'Unlock…' }).first().click();
  await expect.poll(() => prompter.openedCount).toBe(2);
  await unlockKeyring(desktop);
  await expect(page.getByText('Working', { exact: true })).toHaveCount(2);
  await expect(page.getByText('asking for the password')).toBeHidden();
  prompter.dismiss();

  // Locked while the app runs: what was read stays known, and a removed key goes at the next unlock.
  await lockKeyring(desktop);
  await expect.poll(async () => (await stateOf(page)).app.main.environment.keychain).toBe('locked');
  const ids = Object.values((await stateOf(page)).accounts);
  const secondId = ids.find(({ name }) => name === 'Second')?.id ?? '';
  await page.getByRole('button', { name: 'More for Second' }).click();
  await page.getByRole('menuitem', { name: 'Remove…' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove account' }).click();
  await expect(page.getByRole('heading', { name: 'Second' })).toBeHidden();
  await expect(page.getByText('Working', { exact: true })).toHaveCount(1);
  expect(prompter.openedCount).toBe(2);
  await unlockKeyring(desktop);
  await expect
    .poll(() => lookupSecret(desktop, { service: 'Cliptray', account: secondId }))
    .toBeUndefined();
  prompter.stop();
});

test('a keyring that was started again keeps keys and hands them over, without a restart of the app', async ({
  desktop,
  simulator,
  launchApp,
}) => {
  const other = await simulator.createAccount({ service: 'clipping', name: 'Other' });
  const app = await launchApp();
  const page = await app.window();
  const idOf = async (name: string) =>
    Object.values((await stateOf(page)).accounts).find((account) => account.name === name)?.id ??
    '';
  await addAccount(page, { service: 'Clipping', key: simulator.keys.clipping, name: 'First' });

  await desktop.restartKeyring();
  // What was stored is read back before it counts as stored.
  await addAccount(page, { service: 'Clipping', key: other.key, name: 'Second' });
  await expect(page.getByText('Working', { exact: true })).toHaveCount(2);
  const secondId = await idOf('Second');
  expect(await lookupSecret(desktop, { service: 'Cliptray', account: secondId })).toBe(other.key);

  await page.getByRole('button', { name: 'More for Second' }).click();
  await page.getByRole('menuitem', { name: 'Remove…' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove account' }).click();
  await expect
    .poll(() => lookupSecret(desktop, { service: 'Cliptray', account: secondId }))
    .toBeUndefined();

  // The processes that asked the keyring have ended: at rest the app is as small as before.
  const processes = () =>
    app.electron.evaluate(({ app: electron }) =>
      electron.getAppMetrics().map(({ name, type }) => name ?? type),
    );
  await expect.poll(processes).not.toContain('Node Utility Process');
});

test.describe('without a keyring', () => {
  test.use({ desktopOptions: { keyring: false } });

  test('the app opens, says so, and keeps the key for this session only', async ({
    desktop,
    simulator,
    launchApp,
  }) => {
    const app = await launchApp();
    const page = await app.window();
    await expect(page.getByText('Keys cannot be kept on this computer')).toBeVisible();
    const key = simulator.keys.clipping;
    const dialog = await enterAccount(page, { service: 'Clipping', key });
    await dialog.getByRole('button', { name: 'Add account' }).click();
    await expect(dialog.getByText('Tick this to go on without a keychain.')).toBeVisible();
    await dialog.getByText('Keep the key for this session only').click();
    await dialog.getByRole('button', { name: 'Add account' }).click();
    await expect(dialog).toBeHidden();
    await expect(page.getByText('Working', { exact: true })).toBeVisible();
    expect(filesWith(diskOf(desktop), key)).toEqual([]);
    await app.stop();

    const again = await launchApp();
    const second = await again.window();
    await goTo(second, 'Accounts');
    await expect(second.getByText('Key missing').first()).toBeVisible();
  });
});
