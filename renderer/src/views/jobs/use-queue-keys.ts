import type { KeyboardEvent } from 'react';
import type { QueueMove } from '../../../../preload/contract';
import { useCliptray } from '../../state/context';

const MOVES: Record<string, QueueMove> = { ArrowUp: 'earlier', ArrowDown: 'later' };

/**
 * Moves the upload of the focused row with Alt and an arrow key. Listen on an element around the list
 * and in the capture phase: React Aria would otherwise move the focus to the next row.
 */
export function useQueueKeys(): (event: KeyboardEvent) => void {
  const { actions, app } = useCliptray();
  return (event) => {
    const move = MOVES[event.key];
    if (!move || !event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const { target } = event;
    if (!(target instanceof HTMLElement) || target.role !== 'row') return;
    const line = app.get()?.lines[target.dataset.key ?? ''];
    if (!line || line.upload?.queuePosition == null) return;
    event.preventDefault();
    event.stopPropagation();
    void actions.moveUpload(line, move);
  };
}
