import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { defaultUserDataDir } from '../../test/desktop/app';
import type { DemoDesktop } from './demo-desktop';
import { type Stage, seen } from './stage';

/** Where the app writes its log. */
export function appLogFile(desktop: DemoDesktop): string {
  return join(defaultUserDataDir(desktop.virtual), 'logs', 'main.log');
}

/** No key is where it must not be. */
export async function secrecyStep({ report, desktop, simulator, app }: Stage): Promise<void> {
  await report.step('No key went astray', async () => {
    const leaks = await simulator.keyLeaks();
    if (leaks.length > 0) throw new Error(`A key was at ${leaks[0]?.service}`);
    const log = app.output + (await readFile(appLogFile(desktop), 'utf8'));
    for (const key of Object.values(simulator.keys)) {
      if (log.includes(key)) throw new Error("A key is in the app's log");
    }
    return 'No key went to the storage host, into an address, or into the log';
  });
}

/** The app's own record of what it did: there is one, and it has no error. */
export async function logStep({ report, desktop, app }: Stage): Promise<void> {
  await report.step("The app's log has no errors", async () => {
    const log = await readFile(appLogFile(desktop), 'utf8');
    const faults = `${log}${app.output}`
      .split('\n')
      .filter((line) => /^\S+ error |uncaught|unhandled/i.test(line));
    if (faults.length > 0) throw new Error(faults.join('\n'));
    return `The app wrote ${log.trim().split('\n').length} lines to its log, none of them an error`;
  });
}

/** The app is quit from the tray, and nothing of it is left. */
export async function quitStep({ report, desktop, app }: Stage): Promise<void> {
  await report.step('The app quits', async () => {
    await desktop.tray.choose('Quit Cliptray');
    const code = await app.ended();
    if (code !== 0) throw new Error(`It ended with exit code ${code}`);
    await seen('an empty tray', async () => (await desktop.tray.items()).length === 0);
    return 'Quit from the tray: exit code 0, and the icon has left the panel';
  });
}
