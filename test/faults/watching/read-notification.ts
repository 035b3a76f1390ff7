import type { ShownNotification } from '../../desktop/notification-daemon';
import type { SeenNotification } from './verdict';

/**
 * What a notification is about. If its title names a piece of work, it is about that; otherwise it
 * is a digest of as many as the numbers in its text add up to. Null without a number: then it is not
 * about a completion at all.
 */
export function readNotification(
  shown: Pick<ShownNotification, 'summary' | 'body' | 'shownAtMs'>,
  titles: Iterable<string>,
): SeenNotification | null {
  const atMs = shown.shownAtMs;
  for (const title of titles) {
    if (shown.summary.includes(title)) return { kind: 'single', title, atMs };
  }
  const numbers = shown.body.match(/\d+/g) ?? [];
  const count = numbers.reduce((sum, number) => sum + Number(number), 0);
  return count > 0 ? { kind: 'digest', count, atMs } : null;
}
