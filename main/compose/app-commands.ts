import { app, shell } from 'electron';
import { createAppCommands } from '../commands/app';
import { createSettingsCommands } from '../commands/settings';
import { chooseCertificates } from '../desktop/dialogs/choose-certificates';
import { createQuitDialog } from '../desktop/dialogs/quit-dialog';
import { setLoginItem } from '../desktop/start/login-item';
import type { CoreServices } from './commands';
import type { Foundation } from './foundation';
import type { Network } from './network';
import type { NotificationServices } from './notifications';

/** The verbs about settings and about the app itself. */
export function composeAppCommands(
  { platform, storage, t, log }: Foundation,
  { services, openExternal, certificates }: Network,
  { polling, accounts, state, windows }: CoreServices,
  { presenter }: NotificationServices,
) {
  return {
    ...createSettingsCommands({
      settings: storage.settings,
      setLaunchAtLogin: (enabled) => setLoginItem(platform, enabled),
      testNotification: presenter.test,
      certificates,
      chooseCertificateFile: () => chooseCertificates(windows.current(), t),
    }),
    ...createAppCommands({
      settings: storage.settings,
      services,
      polling,
      openExternal,
      showLog: () => shell.showItemInFolder(log.file),
      confirmQuit: createQuitDialog({
        uploads: () => state.projection.view().uploads,
        window: windows.current,
        t,
      }),
      quit: () => app.quit(),
      retryKeys: accounts.registry.retryKeys,
    }),
  };
}
