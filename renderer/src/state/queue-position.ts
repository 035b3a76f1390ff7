import type { QueueMove } from '../../../preload/contract';

/** The position, from 0, of an upload after a move, in a queue of `count` uploads. */
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
