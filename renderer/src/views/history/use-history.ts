import { useEffect, useRef, useState } from 'react';
import { useAppState, useCliptray, useWindowState } from '../../state/context';
import { toHistoryFilter } from '../../state/history-filter';
import { createHistoryList, type HistoryList } from '../../state/history-list';
import { jobVersion } from '../../state/job-version';

/** How long after the last keystroke the search begins. */
const TYPING_MS = 200;
/** How long changes of jobs are collected before the history is read again. */
const COLLECT_MS = 1_000;

/** The history that matches the filters, kept up to date. `mayMove` says whether rows may come and go. */
export function useHistory(mayMove: () => boolean): HistoryList {
  const { actions, window: windowState } = useCliptray();
  const choice = useWindowState((state) => state.history);
  const version = useAppState(jobVersion);
  const [list] = useState(() =>
    createHistoryList(async (request) => {
      const done = await actions.run('history.search', request);
      return done?.response ?? null;
    }),
  );

  const lastChoice = useRef(choice);
  useEffect(() => {
    const isTyping = lastChoice.current.text !== choice.text;
    lastChoice.current = choice;
    const find = () => void list.find(toHistoryFilter(choice, Date.now()));
    const timer = setTimeout(find, isTyping ? TYPING_MS : 0);
    return () => clearTimeout(timer);
  }, [choice, list]);

  const readVersion = useRef(version);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  useEffect(() => {
    // A running timer is not restarted: an endless stream of changes would postpone it forever.
    if (readVersion.current === version || timer.current !== null) return;
    readVersion.current = version;
    timer.current = setTimeout(() => {
      timer.current = null;
      void list.refresh(toHistoryFilter(windowState.get().history, Date.now()), mayMove);
    }, COLLECT_MS);
  }, [version, list, windowState, mayMove]);
  useEffect(
    () => () => {
      if (timer.current !== null) clearTimeout(timer.current);
      timer.current = null;
    },
    [],
  );
  return list;
}
