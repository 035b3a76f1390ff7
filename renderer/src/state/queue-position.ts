import type { QueueMove } from '../../../preload/contract';

/** The place, from 0, that an upload has after a move in a queue of so many. */
export function positionAfter(move: QueueMove, queuePosition: number, count: number): number {
  const last = Math.max(0, count - 1);
  switch (move) {
    case 'first':
      return 0;
    case 'earlier':
      return Math.max(0, queuePosition - 1);
    case 'later':
      return Math.min(last, queuePosition + 1);
    case 'last':
      return last;
  }
}
