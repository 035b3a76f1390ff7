import type { DeliveryOutcome } from '../domain/notification';

/** A button of a notification. */
export interface NotificationAction {
  /** Unique within its notification. */
  id: string;
  label: string;
  run: () => void;
}

export interface NotificationContent {
  /** What it is about. A later notification with the same key replaces this one; null if none does. */
  replacementKey: string | null;
  /** Keys of notifications that this one leaves behind: it replaces such a one too. */
  outdates: string[];
  /** Plain text, which may be other people's. */
  title: string;
  /** Our own words. */
  body: string;
  /** What a click on it does, as a sentence after the body, where a click does anything. Null for none. */
  clickHint: string | null;
  sound: boolean;
  /** `low` for what may have been shown before. */
  urgency: 'low' | 'normal';
  /** Shown where the platform has buttons; the window offers all of them too. */
  actions: NotificationAction[];
  /** Label for a click on the notification itself, on desktops that show one. */
  clickLabel: string;
  onClick: () => void;
}

/** The text below the title. `isClickable`: a click on the notification itself arrives here. */
export function bodyText(
  { body, clickHint }: Pick<NotificationContent, 'body' | 'clickHint'>,
  isClickable: boolean,
): string {
  return isClickable && clickHint !== null ? `${body} ${clickHint}` : body;
}

/** The platform's notifications. */
export interface NotificationPort {
  /** Says what became of it. Never rejects, but a desktop that hangs may take minutes to answer. */
  show(content: NotificationContent): Promise<DeliveryOutcome>;
}

/** The desktop answers at once: without an answer within this time, nothing waits for it any longer. */
export const ANSWER_MS = 5000;
