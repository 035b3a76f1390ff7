import type { ServiceModule } from '../domain/service';
import type { StoredSettings } from '../domain/settings';
import type { Watcher } from '../polling/watcher';
import type { SettingsRepository } from '../storage/settings';
import type { Handlers } from './handlers';

export interface AppCommandDeps {
  settings: SettingsRepository;
  services: readonly ServiceModule[];
  watcher: Pick<Watcher, 'setPaused' | 'pollNow'>;
  /** Makes the desktop agree with changed settings. Throws when it cannot: nothing is stored then. */
  applySettings: (changed: Partial<StoredSettings>) => void;
  /** Changed settings are stored: what depends on them is looked at again. */
  onSettingsChanged: (changed: Partial<StoredSettings>) => void;
  testNotification: () => Promise<boolean>;
  openExternal: (url: string) => Promise<boolean>;
  showLog: () => void;
  /** Asks a person who quits while uploads are under way. False: stay. */
  confirmQuit: () => Promise<boolean>;
  quit: () => void;
  /** Accounts whose keychain did not answer ask it again. */
  retryKeys: () => void;
  publish: () => void;
}

/** The verbs about the app itself: watching on and off, settings, pages for a person. */
export function createAppCommands(deps: AppCommandDeps) {
  const { settings, watcher, publish } = deps;
  return {
    'watch.setPaused'({ paused }) {
      settings.change({ paused });
      watcher.setPaused(paused);
      publish();
      return null;
    },
    'watch.pollNow'() {
      deps.retryKeys();
      watcher.pollNow();
      return null;
    },
    'settings.change'(changes) {
      deps.applySettings(changes);
      settings.change(changes);
      publish();
      deps.onSettingsChanged(changes);
      return null;
    },
    async 'page.open'({ page, service }) {
      const found = deps.services.find(({ id }) => id === service);
      const url = page === 'keys' ? found?.keyPage : found?.balancePage;
      if (url) await deps.openExternal(url);
      return null;
    },
    async 'notifications.test'() {
      return { shown: await deps.testNotification() };
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
