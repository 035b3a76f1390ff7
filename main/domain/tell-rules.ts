import type { JobKind } from './job';

/** Which ends of a kind of job a person wants to be told of. */
export type TellChoice = 'all' | 'failures' | 'nothing';

/** One account's rules of telling. */
export interface TellRules {
  kinds: Record<JobKind, TellChoice>;
  sound: boolean;
}

/** What of the rules is to be another; the rest stays as it is. */
export interface TellRulesChange {
  kinds?: Partial<Record<JobKind, TellChoice>>;
  sound?: boolean;
}

/** A new account tells everything. */
export const TELL_EVERYTHING: TellRules = {
  kinds: { processing: 'all', render: 'all', execution: 'all' },
  sound: true,
};

/** A time of day without notifications, in minutes after midnight by local time. May span midnight. */
export interface QuietHours {
  fromMinute: number;
  toMinute: number;
}
