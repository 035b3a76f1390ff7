import type { JobNotification } from './job';

export const NOTIFICATION_STATES = ['pending', 'telling', 'told'] as const;

/**
 * `pending` was never handed to the desktop. `telling` was, but nobody knows whether it was shown:
 * only a kill in between leaves it so. `told` is over, whether it was shown or suppressed.
 */
export type NotificationState = (typeof NOTIFICATION_STATES)[number];

/** An upload that stopped and waits for its user. One per upload: the latest stop counts. */
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

/** What became of a notification: `shown` is the desktop's answer, not a hope. */
export type DeliveryOutcome = 'shown' | 'not-shown';
