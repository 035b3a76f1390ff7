import { join } from 'node:path';
import type { Tray } from 'electron';
import type { Handlers } from '../commands/handlers';
import { createPageEndedDialog } from '../desktop/dialogs/page-ended-dialog';
import type { LaunchRequest } from '../desktop/start/command-line';
import { prepareForCrash } from '../desktop/start/crash-recovery';
import type { EarlyRequests } from '../desktop/start/early-requests';
import { createLaunchRequests } from '../desktop/start/launch-requests';
import { followLifecycle } from '../desktop/start/lifecycle';
import { isOpenedAtLogin } from '../desktop/start/login-item';
import { followDesktopServices } from '../desktop/system/desktop-services';
import type { AppTray } from '../desktop/tray/tray';
import { setAppMenu } from '../desktop/window/app-menu';
import { serveApp } from '../desktop/window/app-protocol';
import { installGuards } from '../desktop/window/page-guards';
import { xDisplay } from '../desktop/window/x-display';
import { reason } from '../domain/logger';
import type { Retention } from '../history/retention';
import type { CoreServices } from './commands';
import type { Foundation } from './foundation';
import type { Network } from './network';
import type { NotificationServices } from './notifications';

/** What `main/index.ts` began before the app was loaded. */
export interface EarlyStart {
  tray: Tray;
  requests: EarlyRequests;
  /** This start was not asked for: the app was started again after a crash. */
  afterCrash: boolean;
}

interface RunningApp extends CoreServices {
  network: Network;
  notifications: NotificationServices;
  handlers: Handlers;
  tray: AppTray;
  retention: Retention;
}

/** Starts everything in the order in which the user waits for it, and stops it at the quit. */
export async function runApp(
  foundation: Foundation,
  core: RunningApp,
  { request, early }: { request: LaunchRequest; early: EarlyStart },
): Promise<void> {
  const { platform, t, log, feed, storage, environment, connectivity } = foundation;
  const { polling, accounts, uploads, downloads, windows, notifications, tray } = core;
  const { projection } = core.state;
  const failed = (what: string) => (error: unknown) => log.error(what, { reason: reason(error) });
  const quit = () =>
    void Promise.resolve(core.handlers['app.quit'](null)).catch(failed('quitting failed'));
  feed.on('quitKey', quit);
  feed.on('pageKeepsEnding', createPageEndedDialog({ t, openAgain: windows.openAgain, quit }));

  const lifecycle = followLifecycle({
    beforeQuit: windows.allowQuit,
    async shutDown() {
      log.info('quitting');
      connectivity.stop();
      accounts.registry.close();
      accounts.keychain.close();
      polling.close();
      core.retention.close();
      await notifications.dispatcher.close();
      await uploads.queue.close();
      await downloads.close();
      await uploads.workers.close();
      await accounts.sessionTokens.close();
      projection.close();
      await core.network.jsonClient.close();
      storage.close();
      tray.destroy();
    },
  });
  // Before anything may open a window: one that was opened earlier would be without page and guards.
  installGuards(log);
  serveApp(join(import.meta.dirname, '../renderer'));
  setAppMenu(platform, t, quit);
  const { theme, paused, uploadLimitBytesPerSecond } = storage.settings.read();
  windows.setTheme(theme);
  connectivity.start();
  // The tray is what the user looks for: it comes before everything that may wait.
  projection.update();
  polling.setPaused(paused);
  uploads.workers.setLimit(uploadLimitBytesPerSecond);
  core.retention.start();
  uploads.queue.start();
  downloads.start();
  // The keychain may wait for the user to unlock it, so nothing else waits for the keychain.
  const accountsStarted = core.network.certificates
    .start()
    .then(accounts.registry.startAll)
    .catch(failed('accounts not started'));
  accounts.keychain.start().catch(failed('keychain not followed'));
  const launches = createLaunchRequests({ show: windows.show, ...lifecycle });
  launches.start({ ...request, hidden: request.hidden || isOpenedAtLogin() });
  early.requests.takeOver(launches.handlers);
  prepareForCrash({
    platform,
    afterCrash: early.afterCrash,
    logger: log,
    restarted: (restarted) => environment.change({ restarted }),
  });
  await followDesktopServices({
    platform,
    bus: foundation.sessionBus,
    xDisplay: xDisplay(),
    logger: log,
    change: environment.change,
    feed,
  });
  void accountsStarted.then(notifications.startup.end);
  projection.update();
  windows.ensureReachable();
}
