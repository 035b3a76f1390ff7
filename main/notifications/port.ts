import type { DeliveryOutcome } from '../domain/notification';

/** A button of a notification. */
export interface NotificationAction {
  /** Unique within its notification. */
  id: string;
  label: string;
  run: () => void;
}

export interface NotificationContent {
  /** A later notification with the same key replaces this one; null if none does. */
  replacementKey: string | null;
  /** Plain text, which may be other people's. */
  title: string;
  /** Our own words. */
  body: string;
  sound: boolean;
  /** `low` for what may have been shown before. */
  urgency: 'low' | 'normal';
  /** Shown where the platform has buttons; the window offers all of them too. */
  actions: NotificationAction[];
  /** Label for a click on the notification itself, on desktops that show one. */
  clickLabel: string;
  onClick: () => void;
}

/** The platform's notifications. Reports within seconds what became of each. */
export interface NotificationPort {
  show(content: NotificationContent): Promise<DeliveryOutcome>;
}

/** Without the desktop's answer within this time, a notification counts as not shown. */
export const ANSWER_MS = 5000;
