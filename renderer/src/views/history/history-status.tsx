import { ArrowUp } from 'lucide-react';
import type { HistoryPage } from '../../../../preload/contract';
import type { Translator } from '../../../../preload/messages';
import { Button } from '../../components/button';
import { useTranslator } from '../../state/context';
import type { HistoryList } from '../../state/history-list';
import { useSelected } from '../../state/observable';

function countText(t: Translator, { count, isMore }: HistoryPage['matches']): string {
  return t.text(isMore ? 'history.countMore' : 'history.count', { count });
}

interface HistoryStatusProps {
  list: HistoryList;
  onShowWaiting: () => void;
}

/**
 * How many jobs match, and whether there are newer ones. Announced only after a search: a count
 * that changes by itself would interrupt the reader.
 */
export function HistoryStatus({ list, onShowWaiting }: HistoryStatusProps) {
  const t = useTranslator();
  const { jobs, matches, found, waiting, hasFailed } = useSelected(list.state, (state) => state);
  const shown = new Set(jobs?.map(({ id }) => id));
  const newerCount = waiting?.jobs.filter(({ id }) => !shown.has(id)).length ?? 0;
  return (
    <div className="history-status">
      <p aria-hidden="true">
        {jobs !== null ? countText(t, matches) : !hasFailed && t.text('history.loading')}
      </p>
      <p className="visually-hidden" role="status">
        {found && <span key={found.number}>{countText(t, found.matches)}</span>}
      </p>
      {waiting && (
        <Button
          variant="quiet"
          size="small"
          icon={<ArrowUp size={13} aria-hidden />}
          onPress={onShowWaiting}
        >
          {t.text('history.newer', { count: newerCount })}
        </Button>
      )}
    </div>
  );
}
