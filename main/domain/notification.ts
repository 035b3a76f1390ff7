import type { JobNotification } from './job';

/**
 * `pending` was never handed to the desktop; `telling` was, but whether it was shown is not known
 * (only a kill in between leaves it so); `told` is over, also when it was kept quiet.
 */
export type NotificationState = 'pending' | 'telling' | 'told';

/** An upload that stopped and waits for its user. One per upload: the latest stop counts. */
export interface UploadNotification {
  id: string;
  uploadId: string;
  workId: string;
  outcome: 'stopped';
  createdAtMs: number;
}

/** What waits in the outbox to be told. */
export type OutboxNotification = (JobNotification | UploadNotification) & {
  state: NotificationState;
};

/** What became of a notification: `shown` is the desktop's answer, not a hope. */
export type DeliveryOutcome = 'shown' | 'not-shown';
