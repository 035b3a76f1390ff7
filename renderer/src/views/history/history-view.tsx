import { useCallback, useRef } from 'react';
import { useCliptray, useTranslator, useWindowState } from '../../state/context';
import { ANY_JOB, isUnfiltered } from '../../state/history-filter';
import { useSelected } from '../../state/observable';
import { NoHistory, NoHistoryMatch, UnreadableHistory } from './empty-history';
import { HistoryFilters } from './history-filters';
import { HistoryHeader } from './history-header';
import { HistoryRows } from './history-rows';
import { HistoryStatus } from './history-status';
import { useHistory } from './use-history';

/** A list scrolled by no more than this counts as being at the top. */
const AT_TOP_PX = 4;

/** Every job on record: to search, filter, inspect and export. */
export function HistoryView() {
  const t = useTranslator();
  const { window: windowState } = useCliptray();
  const choice = useWindowState((state) => state.history);
  const rowsRef = useRef<HTMLDivElement>(null);
  const mayMove = useCallback(() => {
    const rows = rowsRef.current;
    return !rows || (rows.scrollTop <= AT_TOP_PX && !rows.matches(':hover, :focus-within'));
  }, []);
  const list = useHistory(mayMove);
  const { jobs, hasFailed } = useSelected(list.state, (state) => state);
  const isEmpty = jobs !== null && jobs.length === 0;

  if (isEmpty && isUnfiltered(choice)) return <NoHistory />;
  return (
    <section className="view">
      <div className="view-header">
        <HistoryHeader hasJobs={jobs !== null && !isEmpty} />
        <HistoryFilters />
      </div>
      <HistoryStatus
        list={list}
        onShowWaiting={() => {
          list.showWaiting();
          rowsRef.current?.scrollTo({ top: 0 });
        }}
      />
      {hasFailed ? (
        <UnreadableHistory onTryAgain={() => windowState.patch({ history: { ...choice } })} />
      ) : isEmpty ? (
        <NoHistoryMatch onClear={() => windowState.patch({ history: ANY_JOB })} />
      ) : (
        <HistoryRows ref={rowsRef} list={list} label={t.text('history.list')} />
      )}
    </section>
  );
}
