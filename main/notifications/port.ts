import type { DeliveryOutcome } from '../domain/notification';

/** A button of a notification. */
export interface NotificationAction {
  /** Unique within its notification. */
  id: string;
  label: string;
  run: () => void;
}

export interface NotificationContent {
  /** A later notification with the same key replaces this one; null for one that stays. */
  replacementKey: string | null;
  /** Plain text: it may be other people's. */
  title: string;
  /** Our own words. */
  body: string;
  sound: boolean;
  /** `low` for what may have been shown before. */
  urgency: 'low' | 'normal';
  /** Shown where the platform has buttons; all of them are in the window too. */
  actions: NotificationAction[];
  /** What a click on the notification itself is called, where it is written out. */
  clickLabel: string;
  onClick: () => void;
}

/** The platform's notifications. Reports what became of each, within seconds. */
export interface NotificationPort {
  show(content: NotificationContent): Promise<DeliveryOutcome>;
}

/** No answer of the desktop within this time counts as not shown. */
export const ANSWER_MS = 5000;
