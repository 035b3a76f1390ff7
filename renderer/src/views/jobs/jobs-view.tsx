import { useDeferredValue, useMemo } from 'react';
import { useAppState, useWindowState } from '../../state/context';
import { countByFilter, findLines, inOrder } from '../../state/line-list';
import { TotalsBar } from '../uploads/totals-bar';
import { NoJobs, NoMatch, Welcome } from './empty-jobs';
import { JobList, useEntries } from './job-list';
import { JobsHeader } from './jobs-header';

/** The list of lines, filtered; or what to do when there are none. */
export function JobsView() {
  const lines = useAppState((state) => state.lines);
  const accounts = useAppState((state) => state.accounts);
  const filter = useWindowState((state) => state.filter);
  const query = useDeferredValue(useWindowState((state) => state.query));

  const ordered = useMemo(() => inOrder(lines), [lines]);
  const counts = useMemo(() => countByFilter(ordered), [ordered]);
  const shown = useMemo(
    () => findLines(ordered, filter, query, (id) => accounts[id]?.name ?? ''),
    [ordered, filter, query, accounts],
  );

  const entries = useEntries(shown);

  if (ordered.length === 0) {
    return Object.keys(accounts).length === 0 ? <Welcome /> : <NoJobs />;
  }
  return (
    <section className="view view-jobs">
      <JobsHeader counts={counts} />
      <TotalsBar />
      {shown.length === 0 ? <NoMatch /> : <JobList entries={entries} />}
    </section>
  );
}
