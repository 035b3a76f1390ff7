import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Bridge } from '../../preload/contract';
import { type Simulator, startSimulator } from '../simulator/client';
import { defaultUserDataDir, RunningApp } from './app';
import { HiddenApp } from './hidden-app';
import { NotificationDaemon } from './notification-daemon';
import { TrayHost } from './tray-host';
import { VirtualDesktop } from './virtual-desktop';

/** The bridge of the app's page. */
type Page = { cliptray: Bridge };

/** Everything around the app: a desktop with a tray and notifications, and both services. */
export interface Stage {
  desktop: VirtualDesktop;
  tray: TrayHost;
  daemon: NotificationDaemon;
  simulator: Simulator;
  dataFolder: string;
  /** Environment variables that point the app at the simulator. */
  addresses: Record<string, string>;
  /** Starts the app as a login does: in the tray, without a window. */
  start(): Promise<HiddenApp>;
  stop(): Promise<void>;
}

/** Sets everything up; what the app writes goes to `outputFile`. */
export async function setStage(outputFile: string): Promise<Stage> {
  const closing: (() => unknown)[] = [];
  const stop = async () => {
    for (const close of closing.reverse()) await close();
  };
  try {
    const desktop = await VirtualDesktop.start();
    closing.push(() => desktop.stop());
    const tray = await TrayHost.start(desktop.busAddress);
    closing.push(() => tray.stop());
    const daemon = await NotificationDaemon.start(desktop.busAddress);
    closing.push(() => daemon.stop());
    const simulator = await startSimulator({ clock: 'real' });
    closing.push(() => simulator.stop());
    const addresses = {
      CLIPTRAY_AUTOPOSTING_URL: simulator.autopostingUrl,
      CLIPTRAY_CLIPPING_URL: simulator.clippingUrl,
    };
    const dataFolder = defaultUserDataDir(desktop);
    mkdirSync(join(outputFile, '..'), { recursive: true });
    const start = () => HiddenApp.start(desktop, addresses, outputFile);
    return { desktop, tray, daemon, simulator, dataFolder, addresses, start, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Adds an account at each service through the app's window, and quits the app again. */
export async function addAccounts({ desktop, simulator, addresses }: Stage): Promise<void> {
  const app = await RunningApp.launch(desktop, { env: addresses });
  try {
    const page = await app.window();
    for (const [service, key] of Object.entries(simulator.keys)) {
      const { outcome } = await page.evaluate(
        ([service, key]) =>
          (globalThis as unknown as Page).cliptray.run('account.add', {
            service,
            name: service,
            key,
            keyHeader: 'bearer',
            keyLocation: 'keychain',
          }),
        [service as 'autoposting' | 'clipping', key] as const,
      );
      if (outcome !== 'added') throw new Error(`the account was not added: ${outcome}`);
    }
  } finally {
    await app.stop();
  }
}
