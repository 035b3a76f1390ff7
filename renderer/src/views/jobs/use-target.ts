import { type RefObject, useEffect, useRef } from 'react';
import type { Line } from '../../../../preload/contract';
import { useCliptray, useWindowState } from '../../state/context';

const HIGHLIGHT_MS = 2_400;

/**
 * Brings the line that main asked for into view, marks it for a moment and gives it the keyboard focus.
 * The line may come with a later patch than the request, so the request waits for it.
 */
export function useTarget(listRef: RefObject<HTMLDivElement | null>, lines: Line[]): void {
  const { actions, window: windowState } = useCliptray();
  const target = useWindowState((state) => state.target);
  const reached = useRef(0);
  useEffect(() => {
    if (!target || reached.current === target.number) return;
    const line = lines.find((each) => each.id === target.lineId);
    const row = [...(listRef.current?.querySelectorAll<HTMLElement>('[role=row]') ?? [])].find(
      (each) => each.dataset.key === target.lineId,
    );
    if (!line || !row) return;
    reached.current = target.number;
    actions.markSeen(line);
    row.scrollIntoView({ block: 'center' });
    row.focus({ preventScroll: true });
    windowState.patch({ target: null, highlightedLineId: line.id });
    setTimeout(() => {
      if (windowState.get().highlightedLineId === line.id) {
        windowState.patch({ highlightedLineId: null });
      }
    }, HIGHLIGHT_MS);
  }, [target, lines, listRef, actions, windowState]);
}
