import type { JobNotification } from './job';

export const NOTIFICATION_STATES = ['pending', 'telling', 'told'] as const;

/**
 * `pending`: not handed to the desktop yet, or known not to have been shown. `telling`: handed over, but
 * there was no answer yet; a notification stays so if the app is killed in between, or the desktop's
 * program dies while it answers, and may have been shown. `told`: over, whether it was shown or
 * suppressed. The database has these words.
 */
export type NotificationState = (typeof NOTIFICATION_STATES)[number];

/** An upload stopped and waits for the user. One per upload: the latest stop counts. */
export interface UploadNotification {
  id: string;
  uploadId: string;
  workId: string;
  outcome: 'stopped';
  createdAtMs: number;
}

/** A notification in the outbox. */
export type OutboxNotification = (JobNotification | UploadNotification) & {
  state: NotificationState;
};

/**
 * What became of a notification: `shown` only if the desktop said so. `interrupted`: whoever was to show
 * it went away before answering, so it may have been shown.
 */
export type DeliveryOutcome = 'shown' | 'not-shown' | 'interrupted';
