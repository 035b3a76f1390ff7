import type { DesktopEnvironment } from '../../domain/environment';
import type { Logger } from '../../domain/logger';
import type { ChangeFeed } from '../../events';
import type { Platform } from '../platform';
import type { DbusConnection } from './dbus-connection';
import { followDoNotDisturb } from './do-not-disturb';
import { NOTIFICATION_DAEMON } from './session-bus';
import { followTrayHost } from './tray-host';

export interface DesktopServiceDeps {
  platform: Platform;
  bus: DbusConnection;
  /** The X display that Electron uses; null on Wayland. */
  xDisplay: string | null;
  logger: Logger;
  change: (changes: Partial<DesktopEnvironment>) => void;
  feed: ChangeFeed;
}

/**
 * Finds out whether a Linux desktop shows tray icons and notifications, and whether the user has set it
 * to "do not disturb". Resolves once that is known, and keeps following it: panels and daemons are
 * restarted, and start late after a login. Emits `trayHost`. Other platforms always have both.
 */
export async function followDesktopServices(deps: DesktopServiceDeps): Promise<void> {
  const { platform, bus, logger, change, feed } = deps;
  if (platform !== 'linux') return;
  await followTrayHost({ bus, xDisplay: deps.xDisplay, logger, change, feed });
  let seen: boolean | null = null;
  await bus.followNames([NOTIFICATION_DAEMON], (name, { present }) => {
    // Told again at every call that finds no bus.
    if (seen !== present) logger.info('desktop service', { name, present });
    seen = present;
    change({ notifications: present });
  });
  await followDoNotDisturb(bus, (doNotDisturb) => change({ doNotDisturb }));
}
