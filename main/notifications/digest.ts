import type { NotificationSubject } from './notification-subject';

/** Up to this many at once come one by one, more as a digest: a wake must not bring a storm. */
const MAX_SINGLE_NOTIFICATIONS = 3;

/** Why notifications come together: the user was away, it was quiet time, or the jobs ended at once. */
export type DigestReason = 'away' | 'quiet' | 'together';

/** One notification in place of many. */
export interface Digest {
  done: number;
  /** Failed, gone or stopped. */
  failed: number;
  why: DigestReason;
  /** All of it may have been shown before, so it must not sound like news. */
  isOnlyRepeated: boolean;
  sound: boolean;
}

/** A notification that was cut off while it was handed over may have been shown already. */
const mayRepeat = ({ notification }: NotificationSubject) => notification.state === 'telling';

/**
 * Whether these notifications are to be one digest: more than three, more than one after they were
 * held back, or any that may repeat what was shown. `heldBack` is why they had to wait, or null.
 */
export function needsDigest(
  subjects: NotificationSubject[],
  heldBack: DigestReason | null,
): boolean {
  const max = heldBack === null ? MAX_SINGLE_NOTIFICATIONS : 1;
  return subjects.length > max || subjects.some(mayRepeat);
}

/** Counts what the digest is to say. */
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
