import type { JobKind } from './job';

export const NOTIFICATION_CHOICES = ['all', 'failures', 'nothing'] as const;

/** Which ends of a kind of job the user wants to be notified of. */
export type NotificationChoice = (typeof NOTIFICATION_CHOICES)[number];

/** One account's notification rules. */
export interface NotificationRules {
  kinds: Record<JobKind, NotificationChoice>;
  sound: boolean;
}

/** Changes to the rules; everything else stays as it is. */
export interface NotificationRulesChange {
  kinds?: Partial<Record<JobKind, NotificationChoice>>;
  sound?: boolean;
}

/** The rules of a new account. */
export const NOTIFY_EVERYTHING: NotificationRules = {
  kinds: { processing: 'all', render: 'all', execution: 'all' },
  sound: true,
};

/** A time of day without notifications, in minutes after midnight by local time. May span midnight. */
export interface QuietHours {
  fromMinute: number;
  toMinute: number;
}
