import { app } from 'electron';
import type { Projection } from '../app-state/projection';
import { createDbusNotifications } from '../desktop/notifications/dbus-notifications';
import { createElectronNotifications } from '../desktop/notifications/electron-notifications';
import { iconPixels } from '../desktop/notifications/icon-pixels';
import type { WindowKeeper } from '../desktop/window/window';
import { deliveryDecision } from '../notifications/delivery-policy';
import { notificationSubject } from '../notifications/notification-subject';
import { createOutboxDispatcher } from '../notifications/outbox-dispatcher';
import { createPresenter, type NotificationButtons } from '../notifications/presenter';
import { startStartupGracePeriod } from '../notifications/startup-grace-period';
import type { Watcher } from '../polling/watcher';
import type { AccountServices } from './accounts';
import type { Foundation } from './foundation';

/** What tells the user of completions, and when. */
export function composeNotifications(
  foundation: Foundation,
  watcher: Watcher,
  { registry }: AccountServices,
  projection: Projection,
  windows: WindowKeeper,
  buttons: NotificationButtons,
) {
  const { platform, t, feed, storage, clock, log, environment, iconFile } = foundation;
  const presenter = createPresenter({
    t,
    port:
      platform === 'linux'
        ? createDbusNotifications({
            bus: foundation.sessionBus,
            appName: app.getName(),
            desktopEntry: 'cliptray',
            icon: iconPixels(iconFile),
            logger: log,
          })
        : createElectronNotifications(platform, iconFile),
    lineOf: projection.lineOf,
    serviceName: registry.serviceName,
    buttons,
    showLine: (lineId) => windows.show({ view: 'jobs', lineId }),
    logger: log,
  });
  const subjects = {
    job: storage.jobs.get,
    upload: storage.uploads.get,
    uploads: storage.uploads.list,
    account: storage.accounts.get,
  };
  const startup = startStartupGracePeriod(clock, feed);
  const dispatcher = createOutboxDispatcher({
    store: storage.outbox,
    presenter,
    clock,
    feed,
    logger: log,
    subjectOf: (notification) => notificationSubject(subjects, notification),
    mayDeliver: () =>
      deliveryDecision({
        isCatchingUp: () => startup.isRunning() || watcher.isCatchingUp(),
        settings: storage.settings.read,
        doNotDisturb: () => environment.current().doNotDisturb,
        nowMs: clock.nowMs,
      }),
  });
  return { presenter, dispatcher, startup };
}

export type NotificationServices = ReturnType<typeof composeNotifications>;
