import { Notification } from 'electron';
import type { DeliveryOutcome } from '../../domain/notification';
import {
  ANSWER_MS,
  type NotificationContent,
  type NotificationPort,
} from '../../notifications/port';
import type { Platform } from '../platform';

/**
 * Notifications of macOS and Windows, through Electron. Both hold them back by themselves while the
 * user does not want to be disturbed, and show them in their own list afterwards.
 */
export function createElectronNotifications(
  platform: Platform,
  iconFile: string,
): NotificationPort {
  // Electron forgets the handlers of a notification that is garbage collected.
  // https://www.electronjs.org/docs/latest/tutorial/notifications
  const alive = new Set<Notification>();
  const byKey = new Map<string, Notification>();
  // macOS shows the app's own icon; given one, it would show it a second time.
  const icon = platform === 'darwin' ? {} : { icon: iconFile };

  return {
    show(content: NotificationContent): Promise<DeliveryOutcome> {
      if (!Notification.isSupported()) return Promise.resolve('not-shown');
      // Windows has buttons only through XML of its own, and of installed programs.
      const actions = platform === 'darwin' ? content.actions : [];
      const notification = new Notification({
        title: content.title,
        body: content.body,
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
      // The number comes as a second argument in every version, in the event only in newer ones.
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
        notification.once('show', () => settle('shown'));
        notification.once('failed', () => settle('not-shown'));
        if (content.replacementKey !== null) {
          // There is no replacing in Electron 33: the earlier one makes room.
          byKey.get(content.replacementKey)?.close();
          byKey.set(content.replacementKey, notification);
        }
        notification.show();
      });
    },
  };
}
