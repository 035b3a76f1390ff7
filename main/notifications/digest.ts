import type { NotificationSubject } from './notification-subject';

/** Up to this many are shown one by one, more as a digest: a wake must not flood the screen. */
const MAX_SINGLE_NOTIFICATIONS = 3;

/** Why there are several at once: the user was away, it was quiet time, or jobs ended together. */
export type DigestReason = 'away' | 'quiet' | 'together';

/** One notification in place of many. */
export interface Digest {
  done: number;
  /** Failed, gone or stopped. */
  failed: number;
  why: DigestReason;
  /** All of them may have been shown before, so the digest must not be presented as news. */
  isOnlyRepeated: boolean;
  sound: boolean;
}

/** If the app was killed during the handover, the notification may have been shown already. */
const mayRepeat = ({ notification }: NotificationSubject) => notification.state === 'telling';

/**
 * Whether these notifications become one digest: when there are more than three, more than one after
 * they were held back, or any that may have been shown already. `heldBack` is why they had to wait, or
 * null.
 */
export function needsDigest(
  subjects: NotificationSubject[],
  heldBack: DigestReason | null,
): boolean {
  const max = heldBack === null ? MAX_SINGLE_NOTIFICATIONS : 1;
  return subjects.length > max || subjects.some(mayRepeat);
}

/** Counts what the digest reports. */
export function digestOf(subjects: NotificationSubject[], why: DigestReason): Digest {
  const done = subjects.filter(({ notification }) => notification.outcome === 'done').length;
  return {
    done,
    failed: subjects.length - done,
    why,
    isOnlyRepeated: subjects.every(mayRepeat),
    sound: subjects.some(({ sound }) => sound),
  };
}
