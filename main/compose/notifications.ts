import { app } from 'electron';
import type { Handlers } from '../commands/handlers';
import { createDbusNotifications } from '../desktop/notifications/dbus-notifications';
import { createElectronNotifications } from '../desktop/notifications/electron-notifications';
import { iconPixels } from '../desktop/notifications/icon-pixels';
import { deliveryDecision } from '../notifications/delivery-policy';
import { notificationSubject } from '../notifications/notification-subject';
import { createOutboxDispatcher } from '../notifications/outbox-dispatcher';
import { createPresenter } from '../notifications/presenter';
import { startStartupGracePeriod } from '../notifications/startup-grace-period';
import type { CoreServices } from './commands';
import type { Foundation } from './foundation';

/** What notifies the user of completions, and decides when. */
export function composeNotifications(
  foundation: Foundation,
  { polling, accounts, state, windows }: CoreServices,
  commands: Pick<
    Handlers,
    'result.open' | 'result.copyLink' | 'upload.retry' | 'upload.sendAgain' | 'upload.showFile'
  >,
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
    lineOf: state.projection.lineOf,
    serviceName: accounts.registry.serviceName,
    buttons: {
      openResult: async (jobId) => (await commands['result.open']({ jobId })).opened,
      copyLink: async (jobId) => (await commands['result.copyLink']({ jobId })).copied,
      async retryUpload(uploadId) {
        await commands['upload.retry']({ uploadId });
        return true;
      },
      sendAgain: async (uploadId) =>
        ((await commands['upload.sendAgain']({ uploadId }))?.addedCount ?? 0) > 0,
      showFile: async (uploadId) => (await commands['upload.showFile']({ uploadId })).shown,
    },
    showLine: (lineId) => windows.show({ view: 'jobs', lineId }),
    feed,
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
        isCatchingUp: () => startup.isRunning() || polling.isCatchingUp(),
        settings: storage.settings.read,
        doNotDisturb: () => environment.current().doNotDisturb,
        nowMs: clock.nowMs,
      }),
  });
  return { presenter, dispatcher, startup };
}

export type NotificationServices = ReturnType<typeof composeNotifications>;
