import { type RefObject, useEffect } from 'react';
import { useCliptray, useWindowState } from '../../state/context';

const HIGHLIGHT_MS = 2_400;

function findRow(list: HTMLElement | null, lineId: string): HTMLElement | undefined {
  return [...(list?.querySelectorAll<HTMLElement>('[role=row]') ?? [])].find(
    (row) => row.dataset.key === lineId,
  );
}

/**
 * Brings the line that main asked for into view, marks it for a moment and gives it the keyboard focus.
 * The line may come with a later patch than the request, and its row later than the line: the request
 * waits for both. Gives the line's place in the list, or -1 when nothing is asked for.
 */
export function useTarget(listRef: RefObject<HTMLDivElement | null>, entries: { id: string }[]) {
  const { actions, app, window: windowState } = useCliptray();
  const target = useWindowState((state) => state.target);
  useEffect(() => {
    const list = listRef.current;
    if (!target || !list) return;
    const reach = () => {
      const line = app.get()?.lines[target.lineId];
      const row = findRow(list, target.lineId);
      if (!line || !row) return false;
      const isTall = row.offsetHeight > list.clientHeight * 0.8;
      // Focus first: React Aria puts the list back to where it was scrolled when focus enters it.
      row.focus({ preventScroll: true });
      row.scrollIntoView({ block: isTall ? 'start' : 'center' });
      actions.markSeen(line);
      windowState.patch({ target: null, highlightedLineId: line.id });
      setTimeout(() => {
        if (windowState.get().highlightedLineId === line.id) {
          windowState.patch({ highlightedLineId: null });
        }
      }, HIGHLIGHT_MS);
      return true;
    };
    if (reach()) return;
    // React Aria adds rows in a render of its own, later than this one.
    const observer = new MutationObserver(() => {
      if (reach()) observer.disconnect();
    });
    observer.observe(list, { childList: true, subtree: true });
    return () => observer.disconnect();
  }, [target, listRef, actions, app, windowState]);
  return target ? entries.findIndex((entry) => entry.id === target.lineId) : -1;
}
