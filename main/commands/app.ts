import type { DeliveryOutcome } from '../domain/notification';
import type { ServiceModule } from '../domain/service';
import type { PollingService } from '../polling/polling-service';
import type { SettingsRepository } from '../storage/settings';
import type { Handlers } from './handlers';

export interface AppCommandDeps {
  settings: Pick<SettingsRepository, 'change'>;
  services: readonly ServiceModule[];
  polling: Pick<PollingService, 'setPaused' | 'pollNow'>;
  /** Turns starting at login on or off. Throws when the system does not allow it. */
  setLaunchAtLogin: (enabled: boolean) => void;
  /** Shows a notification as a test. */
  testNotification: () => Promise<DeliveryOutcome>;
  openExternal: (url: string) => Promise<boolean>;
  showLog: () => void;
  /** Asks the user to confirm when uploads are under way. False: do not quit. */
  confirmQuit: () => Promise<boolean>;
  quit: () => void;
  /** Tries the keychain again for the accounts that it gave no answer for. */
  retryKeys: () => void;
}

/** The verbs about the app itself: watching on and off, settings, the services' pages, quitting. */
export function createAppCommands(deps: AppCommandDeps) {
  const { settings, polling } = deps;
  return {
    'watch.setPaused'({ paused }) {
      settings.change({ paused });
      polling.setPaused(paused);
      return null;
    },
    'watch.pollNow'() {
      deps.retryKeys();
      polling.pollNow();
      return null;
    },
    'settings.change'(changes) {
      const { launchAtLogin } = changes;
      // First: when the system does not allow it, nothing is stored.
      if (launchAtLogin !== undefined) deps.setLaunchAtLogin(launchAtLogin);
      settings.change(changes);
      return null;
    },
    async 'page.open'({ page, service }) {
      const found = deps.services.find(({ id }) => id === service);
      const url = page === 'keys' ? found?.keyPage : found?.balancePage;
      if (url) await deps.openExternal(url);
      return null;
    },
    async 'notifications.test'() {
      return { shown: (await deps.testNotification()) === 'shown' };
    },
    async 'app.quit'() {
      if (await deps.confirmQuit()) deps.quit();
      return null;
    },
    'logs.show'() {
      deps.showLog();
      return null;
    },
  } satisfies Partial<Handlers>;
}
