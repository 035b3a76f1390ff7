import { useEffect, useRef, useState } from 'react';
import { useAppState, useCliptray, useWindowState } from '../../state/context';
import { toHistoryFilter } from '../../state/history-filter';
import { createHistoryList, type HistoryList } from '../../state/history-list';
import { jobVersion } from '../../state/job-version';

/** So long nothing is typed before it is looked for. */
const TYPING_MS = 200;
/** Changes of jobs are gathered for so long before the history is read anew. */
const GATHER_MS = 1_000;

/** The history by what is chosen over it, kept current. `mayMove` says whether rows may come and go. */
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

  const lookedFor = useRef(choice);
  useEffect(() => {
    const isTyping = lookedFor.current.text !== choice.text;
    lookedFor.current = choice;
    const find = () => void list.find(toHistoryFilter(choice, Date.now()));
    const timer = setTimeout(find, isTyping ? TYPING_MS : 0);
    return () => clearTimeout(timer);
  }, [choice, list]);

  const readVersion = useRef(version);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  useEffect(() => {
    // A timer that runs is not put off: changes that never cease would put it off for ever.
    if (readVersion.current === version || timer.current !== null) return;
    readVersion.current = version;
    timer.current = setTimeout(() => {
      timer.current = null;
      void list.refresh(toHistoryFilter(windowState.get().history, Date.now()), mayMove);
    }, GATHER_MS);
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
