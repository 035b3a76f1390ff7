import type { DeliveryOutcome } from '../domain/notification';
import type { CompanyCertificateService } from '../http/company-certificates';
import type { SettingsRepository } from '../storage/settings';
import type { Handlers } from './handlers';

export interface SettingsCommandDeps {
  settings: Pick<SettingsRepository, 'change'>;
  /** Turns starting at login on or off. Throws when the system does not allow it. */
  setLaunchAtLogin: (enabled: boolean) => void;
  /** Shows a notification as a test. */
  testNotification: () => Promise<DeliveryOutcome>;
  certificates: Pick<CompanyCertificateService, 'choose' | 'clear'>;
  /** Asks the user for a file; null when they change their mind. */
  chooseCertificateFile: () => Promise<string | null>;
}

/** The verbs about settings. */
export function createSettingsCommands(deps: SettingsCommandDeps) {
  return {
    'settings.change'(changes) {
      const { launchAtLogin } = changes;
      // First: when the system does not allow it, nothing is stored.
      if (launchAtLogin !== undefined) deps.setLaunchAtLogin(launchAtLogin);
      try {
        deps.settings.change(changes);
      } catch (error) {
        // The window shows what is stored, and so must the system.
        if (launchAtLogin !== undefined) deps.setLaunchAtLogin(!launchAtLogin);
        throw error;
      }
      return null;
    },
    async 'certificates.choose'() {
      const file = await deps.chooseCertificateFile();
      return file === null ? { outcome: 'cancelled' } : deps.certificates.choose(file);
    },
    'certificates.clear'() {
      deps.certificates.clear();
      return null;
    },
    async 'notifications.test'() {
      return { shown: (await deps.testNotification()) === 'shown' };
    },
  } satisfies Partial<Handlers>;
}
