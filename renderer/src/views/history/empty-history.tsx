import { CircleAlert, History, SearchX } from 'lucide-react';
import { Button } from '../../components/button';
import { EmptyState } from '../../components/empty-state';
import { useTranslator } from '../../state/context';

/** Nothing has been watched yet. */
export function NoHistory() {
  const t = useTranslator();
  return (
    <section className="view">
      <div className="view-header">
        <h1 className="view-title">{t.text('history.title')}</h1>
      </div>
      <EmptyState
        icon={<History size={28} strokeWidth={1.5} aria-hidden />}
        title={t.text('history.empty.title')}
      >
        <p>{t.text('history.empty.text')}</p>
      </EmptyState>
    </section>
  );
}

/** There are jobs, but none matches the search and the filters. */
export function NoHistoryMatch({ onClear }: { onClear: () => void }) {
  const t = useTranslator();
  return (
    <EmptyState
      icon={<SearchX size={28} strokeWidth={1.5} aria-hidden />}
      title={t.text('jobs.noMatch.title')}
      action={<Button onPress={onClear}>{t.text('history.clear')}</Button>}
    >
      <p>{t.text('jobs.noMatch.text')}</p>
    </EmptyState>
  );
}

/** The history could not be read. */
export function UnreadableHistory({ onTryAgain }: { onTryAgain: () => void }) {
  const t = useTranslator();
  return (
    <EmptyState
      icon={<CircleAlert size={28} strokeWidth={1.5} aria-hidden />}
      title={t.text('history.failed.title')}
      action={<Button onPress={onTryAgain}>{t.text('history.failed.again')}</Button>}
    >
      <p>{t.text('history.failed.text')}</p>
    </EmptyState>
  );
}
