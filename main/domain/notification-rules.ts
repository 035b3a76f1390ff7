import type { JobKind } from './job';

export const NOTIFICATION_CHOICES = ['all', 'failures', 'nothing'] as const;

/** Which ends of a kind of job a person wants to be told of. */
export type NotificationChoice = (typeof NOTIFICATION_CHOICES)[number];

/** One account's rules of telling. */
export interface NotificationRules {
  kinds: Record<JobKind, NotificationChoice>;
  sound: boolean;
}

/** What of the rules is to be another; the rest stays as it is. */
export interface NotificationRulesChange {
  kinds?: Partial<Record<JobKind, NotificationChoice>>;
  sound?: boolean;
}

/** A new account tells everything. */
export const NOTIFY_EVERYTHING: NotificationRules = {
  kinds: { processing: 'all', render: 'all', execution: 'all' },
  sound: true,
};

/** A time of day without notifications, in minutes after midnight by local time. May span midnight. */
export interface QuietHours {
  fromMinute: number;
  toMinute: number;
}
