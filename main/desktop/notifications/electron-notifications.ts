import { Notification } from 'electron';
import type { DeliveryOutcome } from '../../domain/notification';
import {
  ANSWER_MS,
  bodyText,
  type NotificationContent,
  type NotificationPort,
} from '../../notifications/port';
import type { Platform } from '../platform';

/**
 * Notifications of macOS and Windows, through Electron. Both systems hold them back by themselves while
 * the user does not want to be disturbed, and keep them in a list of their own.
 */
export function createElectronNotifications(
  platform: Platform,
  iconFile: string,
): NotificationPort {
  // Electron forgets the handlers of a notification that is garbage collected.
  // https://www.electronjs.org/docs/latest/tutorial/notifications
  const alive = new Set<Notification>();
  const byKey = new Map<string, Notification>();
  // macOS shows the app's own icon; an icon given here would appear beside it.
  const icon = platform === 'darwin' ? {} : { icon: iconFile };

  /** Electron 33 cannot replace a notification, so earlier ones are closed once this one is shown. */
  function replaceEarlier(content: NotificationContent, notification: Notification): void {
    if (content.replacementKey === null) return;
    for (const key of [content.replacementKey, ...content.outdates]) byKey.get(key)?.close();
    byKey.set(content.replacementKey, notification);
  }

  return {
    show(content: NotificationContent): Promise<DeliveryOutcome> {
      if (!Notification.isSupported()) return Promise.resolve('not-shown');
      // Windows shows buttons only for installed programs, and only through its own XML.
      const actions = platform === 'darwin' ? content.actions : [];
      const notification = new Notification({
        title: content.title,
        body: bodyText(content, true),
        silent: !content.sound,
        urgency: content.urgency,
        actions: actions.map(({ label }) => ({ type: 'button', text: label })),
        ...icon,
      });
      const forget = () => {
        alive.delete(notification);
        if (content.replacementKey !== null && byKey.get(content.replacementKey) === notification) {
          byKey.delete(content.replacementKey);
        }
      };
      alive.add(notification);
      notification.on('click', () => {
        content.onClick();
        forget();
      });
      // Every version passes the index as the second argument, only newer ones in the event too.
      notification.on('action', (_event, index) => {
        actions[index]?.run();
        forget();
      });
      notification.on('close', forget);
      return new Promise((resolve) => {
        const timer = setTimeout(() => settle('not-shown'), ANSWER_MS);
        const settle = (outcome: DeliveryOutcome) => {
          clearTimeout(timer);
          if (outcome === 'not-shown') forget();
          resolve(outcome);
        };
        notification.once('show', () => {
          replaceEarlier(content, notification);
          settle('shown');
        });
        notification.once('failed', () => settle('not-shown'));
        notification.show();
      });
    },
  };
}
