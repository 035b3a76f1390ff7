import { isUnfinished, type QueueMove, type UploadState } from './upload';

/**
 * The ids of a queue after one upload has moved; `queue` is in its current order. A single step skips
 * paused and failed uploads: swapping positions with one of those would have no visible effect. An
 * unknown id moves nothing.
 */
export function moveInQueue(
  queue: readonly { id: string; state: UploadState }[],
  id: string,
  to: QueueMove,
): string[] {
  const from = queue.findIndex((upload) => upload.id === id);
  const others = queue.filter((upload) => upload.id !== id);
  const ids = others.map((upload) => upload.id);
  if (from >= 0) ids.splice(positionFor(others, from, to), 0, id);
  return ids;
}

/** The new position among the others; `from` is the current one. */
function positionFor(
  others: readonly { state: UploadState }[],
  from: number,
  to: QueueMove,
): number {
  switch (to) {
    case 'first':
      return 0;
    case 'last':
      return others.length;
    case 'earlier': {
      const passed = others.slice(0, from).findLastIndex(({ state }) => isUnfinished(state));
      return passed < 0 ? 0 : passed;
    }
    case 'later': {
      const passed = others.slice(from).findIndex(({ state }) => isUnfinished(state));
      return passed < 0 ? others.length : from + passed + 1;
    }
  }
}
