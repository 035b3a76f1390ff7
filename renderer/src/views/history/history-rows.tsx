import type { RefObject } from 'react';
import {
  Collection,
  GridList,
  GridListItem,
  GridListLoadMoreItem,
  ListLayout,
  Virtualizer,
} from 'react-aria-components';
import { Spinner } from '../../components/spinner';
import { useCliptray, useTranslator } from '../../state/context';
import type { HistoryList } from '../../state/history-list';
import { useSelected } from '../../state/observable';
import { HistoryRow } from './history-row';
import { titleOf } from './job-text';

interface HistoryRowsProps {
  ref: RefObject<HTMLDivElement | null>;
  list: HistoryList;
  label: string;
}

/** The height of a row in styles/history.css; the list's own padding is here as well. */
const LAYOUT = { rowSize: 54, loaderSize: 40, padding: 8 };

/**
 * The jobs, latest begun first. The next page is read when the end comes near. Only the rows in sight
 * are in the page: a long history would else make each change slow.
 */
export function HistoryRows({ ref, list, label }: HistoryRowsProps) {
  const t = useTranslator();
  const { window: windowState } = useCliptray();
  const { jobs, next, isLoadingMore } = useSelected(list.state, (state) => state);
  return (
    <Virtualizer layout={ListLayout} layoutOptions={LAYOUT}>
      <GridList
        ref={ref}
        className="lines history-rows"
        aria-label={label}
        selectionMode="none"
        onAction={(key) => {
          const job = list.state.get().jobs?.find(({ id }) => id === key);
          if (job) windowState.patch({ dialog: { kind: 'history-job', job } });
        }}
      >
        <Collection items={jobs ?? []}>
          {(job) => (
            <GridListItem id={job.id} textValue={titleOf(job)} className="line">
              <HistoryRow job={job} />
            </GridListItem>
          )}
        </Collection>
        <GridListLoadMoreItem
          className="history-more"
          isLoading={isLoadingMore}
          onLoadMore={next === null ? undefined : () => void list.more()}
        >
          <Spinner />
          {t.text('history.loadingMore')}
        </GridListLoadMoreItem>
      </GridList>
    </Virtualizer>
  );
}
