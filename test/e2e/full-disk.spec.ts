import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '../desktop/fixtures';
import { isWindowOpen } from '../desktop/native-windows';
import { diskKind, SmallDisk } from '../faults/uploads/small-disk';
import { goTo, stateOf, watchExecutions } from './steps';

const MIB = 1024 * 1024;

test.skip(diskKind !== 'a small file system', 'needs to mount a file system of its own');

test('a full disk is called that, nothing is lost or told twice, and all goes on once there is space', async ({
  desktop,
  trayHost,
  notifications,
  simulator,
  launchApp,
}) => {
  const disk = new SmallDisk(desktop.home, 48 * MIB);
  const launch = () => launchApp({ userDataDir: join(disk.folder, 'data') });
  try {
    const parts = { simulator, trayHost, launchApp: launch };
    const { app, page } = await watchExecutions(parts, 1);
    await goTo(page, 'Jobs');
    const pid = app.electron.process().pid ?? 0;
    const banner = page.getByText('The disk is full', { exact: true });

    disk.fill(pid, 'cliptray.db');
    await simulator.advance(60_000);
    await page.getByRole('button', { name: 'Check now' }).click();
    await expect(banner).toBeVisible();
    await trayHost.waitFor(({ tooltip }) => tooltip === 'Cliptray: The disk is full');
    const [account] = Object.values((await stateOf(page)).accounts);
    expect(account).toMatchObject({ problem: null, pollReason: 'storage' });
    expect(notifications.notifications).toEqual([]);

    disk.free(pid);
    await notifications.waitFor();
    await expect(banner).toBeHidden();
    expect(notifications.notifications).toHaveLength(1);

    await trayHost.click('Quit Cliptray');
    await app.ended();
    disk.fill(pid, 'cliptray.db');
    const again = await launch();
    await expect.poll(() => isWindowOpen(desktop, 'Cliptray')).toBe(true);
    expect(again.output).toContain('storage full');
    disk.free(pid);
    const window = await again.window();
    await expect.poll(async () => Object.keys((await stateOf(window)).accounts)).toHaveLength(1);
    expect(notifications.notifications).toHaveLength(1);
  } finally {
    disk.remove();
  }
});

test('a start on a disk that may not be written says so, and goes on once it may be', async ({
  desktop,
  trayHost,
  launchApp,
}) => {
  const disk = new SmallDisk(desktop.home, 48 * MIB);
  try {
    const userDataDir = join(disk.folder, 'data');
    mkdirSync(userDataDir);
    disk.setReadOnly(true);
    const app = await launchApp({ userDataDir });
    await expect.poll(() => isWindowOpen(desktop, 'Cliptray')).toBe(true);
    expect(app.output).toContain('storage read-only');

    disk.setReadOnly(false);
    await trayHost.waitFor(({ tooltip }) => tooltip.startsWith('Cliptray'));
    expect(await (await app.window()).title()).toBe('Cliptray');
  } finally {
    disk.remove();
  }
});
