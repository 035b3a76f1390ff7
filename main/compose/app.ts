import type { LaunchRequest } from '../desktop/start/command-line';
import { ORIGIN } from '../desktop/window/page-file';
import { createRetention } from '../history/retention';
import { serveBridge } from '../ipc/bridge-server';
import { composeAccounts } from './accounts';
import { composeAppCommands } from './app-commands';
import { composeAppState } from './app-state';
import { composeCommands } from './commands';
import { composeDownloads } from './downloads';
import { composeFoundation } from './foundation';
import { composeNetwork } from './network';
import { composeNotifications } from './notifications';
import { composePolling } from './polling';
import { type EarlyStart, runApp } from './run-app';
import { composeTray } from './tray';
import { composeUploads } from './uploads';
import { composeWindows } from './windows';

/** Builds the parts of the app, each before whatever uses it, and starts them. */
export async function start(request: LaunchRequest, early: EarlyStart): Promise<void> {
  const foundation = await composeFoundation();
  if (!foundation) return;
  const network = composeNetwork(foundation);
  const polling = composePolling(foundation, network);
  const accounts = composeAccounts(foundation, network, polling);
  const uploads = composeUploads(foundation, network, accounts);
  const windows = composeWindows(foundation);
  const state = composeAppState(foundation, network, polling, accounts, windows);
  const downloads = composeDownloads(foundation, network, polling, accounts, state);
  const core = { polling, accounts, uploads, windows, state, downloads };
  const commands = composeCommands(foundation, network, core);
  const notifications = composeNotifications(foundation, core, commands);
  const appCommands = composeAppCommands(foundation, network, core, notifications);
  const handlers = { ...commands, ...appCommands };
  const tray = composeTray(foundation, state, windows, handlers, early.tray);
  const { storage, clock, feed, log } = foundation;
  const retention = createRetention({
    history: storage.history,
    uploads: storage.uploads,
    historyDays: () => storage.settings.read().historyDays,
    feed,
    clock,
    logger: log,
  });
  serveBridge({
    origin: ORIGIN,
    handlers,
    snapshot() {
      windows.pageListens();
      return state.projection.snapshot();
    },
    logger: log,
  });
  await runApp(
    foundation,
    { ...core, network, notifications, handlers, tray, retention },
    {
      request,
      early,
    },
  );
}
