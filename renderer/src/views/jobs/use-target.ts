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
 * The line may arrive in a patch after the request, and its row is rendered after that: the request
 * waits for both. Returns the line's index in the list, or -1 without a request.
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
      // Focus first: when focus enters the list, React Aria restores its scroll position.
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
