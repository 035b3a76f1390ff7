import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ensureElectron } from '../../scripts/electron-runtime.mjs';
import { projectRoot } from '../../scripts/lib/paths.mjs';
import { stopChild } from '../desktop/children';
import { chromiumSwitches } from '../desktop/chromium-switches';
import { evaluateInPage, freePort } from '../desktop/debugged-page';
import { expect, test } from '../desktop/fixtures';
import { waitFor } from '../desktop/wait';

/** How long after the first start the second one is made, in milliseconds: the first is loading then. */
const DISTANCES_MS = [0, 40, 80];

interface Found {
  url: string;
  opened: boolean;
  permission: string;
}
const LOOK = `(async () => ({
  url: location.href,
  opened: window.open('https://example.com/') !== null,
  permission: (await navigator.permissions.query({ name: 'geolocation' })).state,
}))()`;

test('a second start while the first is loading opens our page with its guards', async ({
  desktop,
  trayHost,
}) => {
  const { executablePath } = await ensureElectron();
  for (const distanceMs of DISTANCES_MS) {
    const dataFolder = join(desktop.home, `data-${distanceMs}`);
    const ports = [await freePort(), await freePort()];
    const start = (port: number | undefined, ...words: string[]) =>
      desktop.run(executablePath, [
        projectRoot,
        ...chromiumSwitches,
        `--user-data-dir=${dataFolder}`,
        `--remote-debugging-port=${port}`,
        ...words,
      ]);
    const first = start(ports[0], '--hidden');
    await delay(distanceMs);
    const second = start(ports[1]);
    await trayHost.waitFor();
    await waitFor(
      () => evaluateInPage<Found>(ports, LOOK),
      ({ url, opened, permission }) =>
        url === 'app://cliptray/index.html' && !opened && permission === 'denied',
      { what: `our page with its guards, ${distanceMs} ms apart` },
    );
    expect(trayHost.count).toBe(1);
    await Promise.all([stopChild(first), stopChild(second)]);
    await trayHost.waitForEmpty();
  }
});
