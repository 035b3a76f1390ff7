import { join } from 'node:path';
import { app, net } from 'electron';
import { createTranslator } from '../../preload/messages';
import { createEnvironmentState } from '../app-state/environment';
import { platformOf } from '../desktop/platform';
import { retryUntilOpen } from '../desktop/start/retry-start';
import { askToRetryStart } from '../desktop/start/startup-failure';
import { createConnectivity } from '../desktop/system/connectivity';
import { createDbusConnection } from '../desktop/system/dbus-connection';
import { followMetered } from '../desktop/system/metered-network';
import { ownAddresses } from '../desktop/system/own-addresses';
import { followSleepWake } from '../desktop/system/power-monitor';
import { type Logger, reason } from '../domain/logger';
import { createChangeFeed } from '../events';
import { createLog } from '../logging/file-log';
import { createRedactor } from '../logging/redactor';
import { openStorage } from '../storage';
import { recheckStorage } from '../storage/health';
import { systemClock } from './system-clock';

/**
 * What every other part of the app needs: log, change feed, storage, clock, environment. Nothing if the
 * app exits because the storage cannot be opened.
 */
export async function composeFoundation() {
  const platform = platformOf(process.platform);
  const dataFolder = app.getPath('userData');
  const resourceFolder = join(app.getAppPath(), 'resources');
  const redactor = createRedactor(app.getPath('home'));
  const log = createLog(join(dataFolder, 'logs'), redactor);
  log.info('started', { version: app.getVersion(), electron: process.versions.electron });
  logUncaught(log);

  const feed = createChangeFeed(log);
  const open = () => openStorage(join(dataFolder, 'cliptray.db'), feed, log, app.getVersion());
  const storage = await retryUntilOpen(open, { clock: systemClock, ask: askToRetryStart });
  if (storage === null) {
    app.exit(1);
    return null;
  }
  const environment = createEnvironmentState(
    {
      platform,
      version: app.getVersion(),
      keychain: 'ready',
      certificates: null,
      trayHost: platform !== 'linux',
      notifications: true,
      doNotDisturb: false,
      metered: false,
      restarted: null,
      storage: null,
    },
    feed,
  );
  const connectivity = createConnectivity({
    clock: systemClock,
    feed,
    logger: log,
    isOnline: () => net.isOnline(),
    ownAddresses,
    followSleepWake,
    followMetered(onChange) {
      if (platform === 'linux') void followMetered(onChange, log);
    },
  });
  recheckStorage(feed, connectivity.clock, storage.check);
  return {
    platform,
    resourceFolder,
    iconFile: join(resourceFolder, 'icon.png'),
    userAgent: `Cliptray/${app.getVersion()}`,
    t: createTranslator(app.getLocale() || 'en'),
    log,
    announceSecret: redactor.addSecret,
    feed,
    storage,
    environment,
    connectivity,
    clock: connectivity.clock,
    sessionBus: createDbusConnection({ bus: 'session', logger: log }),
  };
}

export type Foundation = NonNullable<Awaited<ReturnType<typeof composeFoundation>>>;

function logUncaught(logger: Logger): void {
  process.on('uncaughtException', (error) => logger.error('uncaught', { reason: error.stack }));
  process.on('unhandledRejection', (error) => logger.error('unhandled', { reason: reason(error) }));
}
