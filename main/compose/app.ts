import { join } from 'node:path';
import { app, type Tray } from 'electron';
import { canLiveInTray } from '../desktop/platform';
import type { LaunchRequest } from '../desktop/start/command-line';
import { createLaunchRequests } from '../desktop/start/launch-requests';
import { followLifecycle } from '../desktop/start/lifecycle';
import { isOpenedAtLogin } from '../desktop/start/login-item';
import type { OnSecondInstance } from '../desktop/start/single-instance';
import { followDesktopServices } from '../desktop/system/desktop-services';
import { setAppMenu } from '../desktop/window/app-menu';
import { serveApp } from '../desktop/window/app-protocol';
import { installGuards } from '../desktop/window/page-guards';
import { reason } from '../domain/logger';
import { createRetention } from '../history/retention';
import { serveBridge } from '../ipc/bridge-server';
import { LOG_KEPT_MS } from '../storage/upload-log';
import { composeAccounts } from './accounts';
import { composeAppState } from './app-state';
import { composeCommands } from './commands';
import { composeDownloads } from './downloads';
import { composeFoundation } from './foundation';
import { composeNetwork } from './network';
import { composeNotifications } from './notifications';
import { composeTray } from './tray';
import { composeUploads } from './uploads';
import { composeWatching } from './watching';
import { composeWindows } from './windows';

/** What `main/index.ts` began before the app was loaded. */
export interface Begun {
  tray: Tray;
  takeOpenedFiles: (take: (paths: string[]) => void) => void;
  takeSecondInstances: (take: OnSecondInstance) => void;
}

/** Builds the parts of the app in order, starts them, and stops them at the quit. */
export async function start(request: LaunchRequest, begun: Begun): Promise<void> {
  const foundation = composeFoundation();
  const { platform, t, log, feed, storage, clock, environment, connectivity } = foundation;
  const network = composeNetwork(foundation);
  const watcher = composeWatching(foundation, network);
  const accounts = composeAccounts(foundation, network, watcher);
  const uploads = composeUploads(foundation, accounts);
  const windows = composeWindows(foundation);
  const state = composeAppState(foundation, network, watcher, accounts, windows);
  const { projection } = state;
  const downloads = composeDownloads(foundation, network, watcher, accounts, projection);
  const { handlers, notifications } = composeCommands(foundation, network, {
    ...{ watcher, accounts, uploads, windows, state, downloads },
  });
  const tray = composeTray(foundation, projection, windows, handlers, begun.tray);
  const retention = createRetention({
    history: storage.history,
    clock,
    feed,
    logger: log,
    keptDays: () => storage.settings.read().historyDays,
  });
  serveBridge({
    handlers,
    snapshot() {
      windows.pageListens();
      return projection.snapshot();
    },
    logger: log,
  });

  const failed = (what: string) => (error: unknown) => log.error(what, { reason: reason(error) });
  const quit = () => void Promise.resolve(handlers['app.quit'](null)).catch(failed('not quit'));
  feed.on('quitKey', quit);
  const launches = createLaunchRequests(windows.show);
  followLifecycle({
    show: () => windows.show(),
    beforeQuit: windows.allowQuit,
    async shutDown() {
      log.info('quitting');
      connectivity.stop();
      watcher.stopAll();
      retention.stop();
      await notifications.dispatcher.close();
      await uploads.queue.close();
      await downloads.close();
      await uploads.workers.close();
      await accounts.sessionTokens.close();
      await network.jsonClient.close();
      storage.close();
      tray.destroy();
    },
  });
  begun.takeSecondInstances((line) => {
    // One that asks for something else was answered where it was typed.
    if (line.wants === 'start') launches.start(line.start);
    else windows.show();
  });

  connectivity.start();
  installGuards(log);
  serveApp(join(import.meta.dirname, '../renderer'));
  setAppMenu(platform, t, quit);
  const settings = storage.settings.read();
  windows.setTheme(settings.theme);
  // The tray is what the user looks for: it comes before everything that may wait.
  projection.update();
  watcher.setPaused(settings.paused);
  uploads.workers.setLimit(settings.uploadLimitBytesPerSecond);
  storage.uploads.forget(Date.now() - LOG_KEPT_MS);
  retention.start();
  uploads.queue.start();
  downloads.start();
  // A keychain may ask the user to unlock it, and take any time: nothing else waits for it.
  const accountsStarted = accounts.registry.startAll();
  accountsStarted.catch(failed('accounts not started')).finally(notifications.startup.end);
  accounts.apiKeys
    .available()
    .then((keychain) => environment.change({ keychain }))
    .catch(failed('keychain not checked'));
  if (platform === 'linux') {
    const { sessionBus: bus } = foundation;
    const { change } = environment;
    await followDesktopServices({ bus, logger: log, change, onTrayHost: tray.renew });
  }
  projection.update();
  const hidden = request.hidden || isOpenedAtLogin();
  // Without a tray to be found in, not even the login starts it out of sight.
  const inTray = canLiveInTray(platform, environment.current().trayHost);
  launches.start({ ...request, hidden: hidden && inTray });
  begun.takeOpenedFiles(launches.files);
}
