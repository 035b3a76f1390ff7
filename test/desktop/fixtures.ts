import { test as base } from '@playwright/test';
import { type Simulator, type SimulatorOptions, startSimulator } from '../simulator/client';
import { type LaunchOptions, RunningApp } from './app';
import { NotificationDaemon } from './notification-daemon';
import { screenshot } from './screenshot';
import { TrayHost } from './tray-host';
import { type DesktopOptions, VirtualDesktop } from './virtual-desktop';

interface Options {
  /** What the desktop has; set with `test.use`. */
  desktopOptions: DesktopOptions;
  /** How the simulator of both services starts; set with `test.use`. */
  simulatorOptions: SimulatorOptions;
}

interface Fixtures {
  desktop: VirtualDesktop;
  /** There is a tray on the desktop only if the test names this. */
  trayHost: TrayHost;
  /** Notifications are shown only if the test names this. */
  notifications: NotificationDaemon;
  simulator: Simulator;
  /** Starts the app, connected to the simulator. It is stopped at the end of the test. */
  launchApp: (options?: LaunchOptions) => Promise<RunningApp>;
}

/**
 * A test with a desktop, services and app of its own; each part exists only if the test names it.
 */
export const test = base.extend<Options & Fixtures>({
  desktopOptions: [{}, { option: true }],
  simulatorOptions: [{}, { option: true }],

  desktop: async ({ desktopOptions }, use) => {
    const desktop = await VirtualDesktop.start(desktopOptions);
    await use(desktop);
    await desktop.stop();
  },

  trayHost: async ({ desktop }, use) => {
    const host = await TrayHost.start(desktop.busAddress);
    await use(host);
    host.stop();
  },

  notifications: async ({ desktop }, use) => {
    const daemon = await NotificationDaemon.start(desktop.busAddress);
    await use(daemon);
    daemon.stop();
  },

  simulator: async ({ simulatorOptions }, use) => {
    const simulator = await startSimulator(simulatorOptions);
    await use(simulator);
    await simulator.stop();
  },

  launchApp: async ({ desktop, simulator }, use, testInfo) => {
    const apps: RunningApp[] = [];
    await use(async (options = {}) => {
      const addresses = {
        CLIPTRAY_AUTOPOSTING_URL: simulator.autopostingUrl,
        CLIPTRAY_CLIPPING_URL: simulator.clippingUrl,
      };
      const app = await RunningApp.launch(desktop, {
        ...options,
        env: { ...addresses, ...options.env },
      });
      apps.push(app);
      return app;
    });
    if (testInfo.status !== testInfo.expectedStatus) {
      const path = testInfo.outputPath('desktop.png');
      await screenshot(desktop, path);
      await testInfo.attach('desktop', { path });
      for (const [index, app] of apps.entries()) {
        await testInfo.attach(`app-output-${index + 1}.txt`, { body: app.output });
      }
    }
    for (const app of apps) await app.stop();
  },
});

export { expect } from '@playwright/test';
