import { expect, test } from '../desktop/fixtures';
import { faults } from '../simulator/client';
import { addAccount, goTo, row, stateOf, watchExecutions } from './steps';

/** Longer than it takes to see that the app waits, on a busy machine too. */
const WAIT_SECONDS = 12;

const TROUBLES = [
  { what: '401', action: faults.unauthorized(), problem: 'key-refused' },
  { what: '402', action: faults.noCredit(), problem: 'no-credit' },
  { what: '403', action: faults.scopeMissing(), problem: 'scope-missing' },
  { what: '500', action: faults.serverError(), problem: 'service-fault' },
  { what: 'a web page', action: faults.html(), problem: 'not-json' },
  { what: 'a redirect', action: faults.redirect(), problem: 'not-json' },
  { what: 'malformed JSON', action: faults.malformedJson(), problem: 'malformed' },
  { what: 'JSON cut in the middle', action: faults.truncatedJson(), problem: 'malformed' },
  { what: 'very deep JSON', action: faults.deepJson(), problem: 'malformed' },
  { what: 'a huge answer', action: faults.hugeBody(30), problem: 'too-large' },
  {
    what: 'a connection cut in the answer',
    action: faults.resetInAnswer(20),
    problem: 'unreachable',
  },
];

test('whatever the answer to a poll, the job stays as it is, the account says what came, and polling goes on', async ({
  trayHost,
  notifications,
  simulator,
  launchApp,
}) => {
  const { page } = await watchExecutions({ simulator, launchApp, trayHost }, 1);
  await goTo(page, 'Jobs');
  const account = async () => Object.values((await stateOf(page)).accounts)[0];

  for (const { what, action, problem } of TROUBLES) {
    await test.step(what, async () => {
      await simulator.addFault({ service: 'clipping', times: 'always', action });
      await page.getByRole('button', { name: 'Check now' }).click();
      await expect.poll(async () => (await account())?.problem).toBe(problem);
      await expect(page.getByRole('row')).toHaveCount(1);
      await simulator.clearFaults();
    });
  }
  await page.getByRole('button', { name: 'Check now' }).click();
  await expect.poll(async () => (await account())?.problem).toBeNull();
  await expect(
    page
      .getByRole('row')
      .getByText(/Running|Waiting to start/)
      .first(),
  ).toBeVisible();
  expect(notifications.notifications).toEqual([]);
  expect(await simulator.keyLeaks()).toEqual([]);

  await simulator.advance(60_000);
  await page.getByRole('button', { name: 'Check now' }).click();
  await notifications.waitFor();
});

test.describe('with a clock that runs', () => {
  test.use({ simulatorOptions: { clock: 'real' } });

  test('a 429 is respected to the second, and is no failure', async ({
    trayHost,
    simulator,
    launchApp,
  }) => {
    const [execution] = await simulator.createExecutions({ count: 1 });
    await simulator.setStatus(execution?.id ?? '', 'running');
    const app = await launchApp();
    const page = await app.window();
    await addAccount(page, { service: 'Clipping', key: simulator.keys.clipping });
    await trayHost.waitFor(({ tooltip }) => tooltip.includes('1 in progress'));
    await simulator.addFault({
      path: '/v1/executions/me',
      action: faults.rateLimited({ seconds: WAIT_SECONDS }),
    });
    const account = async () => Object.values((await stateOf(page)).accounts)[0];
    await expect.poll(async () => (await account())?.pollReason).toBe('rate-limited');
    await goTo(page, 'Jobs');
    await page.getByRole('button', { name: 'Check now' }).click();

    const asked = () => simulator.requests({ service: 'clipping' });
    const refused = await simulator.until(async () =>
      (await asked()).find(({ status }) => status === 429),
    );
    const next = await simulator.until(async () =>
      (await asked()).find(({ id }) => id > refused.id),
    );
    // A timer may fire a millisecond early.
    expect(next.atMs - refused.atMs).toBeGreaterThan(WAIT_SECONDS * 1000 - 10);
    await expect.poll(async () => (await account())?.problem).toBeNull();
  });
});

test('unknown statuses are shown word for word, and hostile titles as text', async ({
  simulator,
  launchApp,
}) => {
  const [execution] = await simulator.createExecutions({ count: 1 });
  const title = '<img src=x onerror="window.hacked=1">\u202eevil';
  await simulator.setFields(execution?.id ?? '', { title });
  await simulator.setStatus(execution?.id ?? '', 'transmuting');
  await simulator.setListed(execution?.id ?? '', true);
  const app = await launchApp();
  const page = await app.window();
  await addAccount(page, { service: 'Clipping', key: simulator.keys.clipping });
  await goTo(page, 'Jobs');
  await expect(row(page, '<img src=x').first()).toBeVisible();
  const [line] = Object.values((await stateOf(page)).lines);
  expect(line?.remoteStatus).toBe('transmuting');
  expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
  expect(await page.locator('img[src="x"]').count()).toBe(0);
});
