import { Notification } from 'electron';
import type { ShowOutcome } from '../telling/teller';

/** No answer of the daemon within this time counts as not shown. */
const ANSWER_MS = 5000;

export interface NotificationContent {
  title: string;
  body: string;
  onClick: () => void;
}

/** Native notifications. Says what became of each: Electron itself fails silently. */
export function createNotifications(iconFile: string) {
  // Electron forgets the click handler of a notification that is garbage collected.
  // https://www.electronjs.org/docs/latest/tutorial/notifications
  const alive = new Set<Notification>();
  // macOS shows the app's own icon; given one, it would show it a second time.
  const icon = process.platform === 'darwin' ? {} : { icon: iconFile };

  return {
    /** Shows a notification and waits for the daemon's word, at most ANSWER_MS. */
    show({ title, body, onClick }: NotificationContent): Promise<ShowOutcome> {
      if (!Notification.isSupported()) return Promise.resolve('not-shown');
      const notification = new Notification({ title, body, ...icon });
      alive.add(notification);
      notification.on('click', () => {
        onClick();
        alive.delete(notification);
      });
      notification.on('close', () => alive.delete(notification));
      return new Promise((resolve) => {
        const timer = setTimeout(() => settle('not-shown'), ANSWER_MS);
        const settle = (outcome: ShowOutcome) => {
          clearTimeout(timer);
          if (outcome === 'not-shown') alive.delete(notification);
          resolve(outcome);
        };
        notification.once('show', () => settle('shown'));
        notification.once('failed', () => settle('not-shown'));
        notification.show();
      });
    },
  };
}

export type Notifications = ReturnType<typeof createNotifications>;
