import { dropFiles } from '../desktop/drop';
import { expect, test } from '../desktop/fixtures';
import { faults } from '../simulator/client';
import { makeVideo, openJobs, row, stateOf } from './steps';

const MIB = 1024 * 1024;

test('the queue is reordered, paused and resumed as a whole, and the order survives a kill', async ({
  desktop,
  simulator,
  launchApp,
}) => {
  const names = ['first.mov', 'second.mov', 'third.mov', 'fourth.mov', 'fifth.mov'];
  const paths = await Promise.all(names.map((name) => makeVideo(desktop, name, MIB)));
  const { app, page } = await openJobs({ simulator, launchApp });
  // No upload may end before the test is through with the order.
  const hanging = await simulator.addFault({
    service: 'storage',
    times: 'always',
    action: faults.stallAfterRequestBytes(1000),
  });
  await dropFiles(page.locator('body'), paths);
  const order = async (shown: typeof page) =>
    Object.values((await stateOf(shown)).lines)
      .flatMap(({ title, upload }) =>
        upload?.queuePosition == null ? [] : [{ title, at: upload.queuePosition }],
      )
      .sort((a, b) => a.at - b.at)
      .map(({ title }) => title);
  await expect.poll(() => order(page)).toEqual(names);

  await row(page, 'fifth.mov').getByRole('button', { name: 'More for fifth.mov' }).click();
  await page.getByRole('menuitem', { name: 'Move to top' }).click();
  const moved = ['fifth.mov', 'first.mov', 'second.mov', 'third.mov', 'fourth.mov'];
  await expect.poll(() => order(page)).toEqual(moved);

  await page.getByRole('button', { name: 'Pause all' }).click();
  await expect.poll(async () => (await stateOf(page)).uploads.all.paused).toBe(5);
  await page.getByRole('button', { name: 'Resume all' }).click();
  await expect.poll(() => order(page)).toEqual(moved);

  await app.kill();
  const again = await (await launchApp()).window();
  await expect.poll(() => order(again)).toEqual(moved);
  await simulator.removeFault(hanging);
});

test('the log of an upload shows its parts and what went wrong', async ({
  desktop,
  simulator,
  launchApp,
}) => {
  const path = await makeVideo(desktop, 'logged.mov', 12 * MIB);
  const { page } = await openJobs({ simulator, launchApp });
  // Part 2 is stored wrong once, and the log has to say so.
  await simulator.addFault({ service: 'storage', partNumber: 2, action: faults.wrongEtag() });
  const hanging = await simulator.addFault({
    service: 'storage',
    partNumber: 3,
    times: 'always',
    action: faults.stallAfterRequestBytes(1000),
  });
  await dropFiles(page.locator('body'), [path]);
  await simulator.until(async () => {
    const [object] = await simulator.objects();
    return object?.parts.filter((part) => part.etag !== null).length === 2;
  });
  await row(page, 'logged.mov').getByRole('button', { name: 'More for logged.mov' }).click();
  await page.getByRole('menuitem', { name: 'Transfer log' }).click();
  const log = page.getByRole('dialog', { name: 'Transfer log' });
  await expect(log.getByText('Part 2 has to be sent again')).toBeVisible();
  await expect(log.getByText('2 of 3')).toBeVisible();
  await expect(log).not.toContainText('X-Amz');
  await log.getByRole('button', { name: 'Close' }).click();
  await simulator.removeFault(hanging);
});
