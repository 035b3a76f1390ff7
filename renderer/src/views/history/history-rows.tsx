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

/** Must agree with the row height in styles/history.css. The padding of the list is set only here. */
const LAYOUT = { rowSize: 54, loaderSize: 40, padding: 8 };

/**
 * The jobs, most recently started first. The next page is read as the end comes near. The list is
 * virtual: with every row of a long history in the document, each change would be slow.
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
