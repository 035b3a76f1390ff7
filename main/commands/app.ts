import type { ServiceModule } from '../domain/service';
import type { PollingService } from '../polling/polling-service';
import type { SettingsRepository } from '../storage/settings';
import type { Handlers } from './handlers';

export interface AppCommandDeps {
  settings: Pick<SettingsRepository, 'change'>;
  services: readonly ServiceModule[];
  polling: Pick<PollingService, 'pollNow'>;
  openExternal: (url: string) => Promise<boolean>;
  showLog: () => void;
  /** Asks the user to confirm when uploads are under way. False: do not quit. */
  confirmQuit: () => Promise<boolean>;
  quit: () => void;
  /** Tries the keychain again for the accounts that it gave no answer for. */
  retryKeys: () => void;
}

/** The verbs about the app itself: watching on and off, the services' pages, quitting. */
export function createAppCommands(deps: AppCommandDeps) {
  const { settings, polling } = deps;
  return {
    'watch.setPaused'({ paused }) {
      settings.change({ paused });
      return null;
    },
    'watch.pollNow'() {
      deps.retryKeys();
      polling.pollNow();
      return null;
    },
    async 'page.open'({ page, service }) {
      const found = deps.services.find(({ id }) => id === service);
      const url = page === 'keys' ? found?.keyPage : found?.balancePage;
      if (url) await deps.openExternal(url);
      return null;
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
