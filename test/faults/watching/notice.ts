import type { ShownNotification } from '../../desktop/notification-daemon';
import type { Told } from './verdict';

/**
 * What a notification tells of. One whose title names a piece of work is about that; any other one
 * is a digest, of as many as the numbers in its text come to. Null when it has no number: then it is
 * none of a completion.
 */
export function readNotification(
  shown: Pick<ShownNotification, 'summary' | 'body' | 'shownAtMs'>,
  titles: Iterable<string>,
): Told | null {
  const atMs = shown.shownAtMs;
  for (const title of titles) {
    if (shown.summary.includes(title)) return { kind: 'single', title, atMs };
  }
  const numbers = shown.body.match(/\d+/g) ?? [];
  const count = numbers.reduce((sum, number) => sum + Number(number), 0);
  return count > 0 ? { kind: 'digest', count, atMs } : null;
}
