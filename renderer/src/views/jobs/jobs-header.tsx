import { Captions, RefreshCw } from 'lucide-react';
import { IconButton } from '../../components/button';
import { SearchField } from '../../components/search-field';
import { Segmented } from '../../components/segmented';
import { useAppState, useCliptray, useTranslator, useWindowState } from '../../state/context';
import { executionAccounts } from '../../state/execution-accounts';
import { LINE_FILTERS, type LineFilter } from '../../state/line-list';

/** Title, filters and search above the list. */
export function JobsHeader({ counts }: { counts: Record<LineFilter, number> }) {
  const t = useTranslator();
  const { actions, window: windowState } = useCliptray();
  const canStart = useAppState((state) => executionAccounts(state).length > 0);
  const filter = useWindowState((state) => state.filter);
  const query = useWindowState((state) => state.query);
  return (
    <div className="view-header">
      <div className="view-title-row">
        <h1 className="view-title">{t.text('jobs.title')}</h1>
        <SearchField
          label={t.text('jobs.search')}
          value={query}
          onChange={(text) => windowState.patch({ query: text })}
        />
        {canStart && (
          <IconButton label={t.text('start.open')} onPress={() => actions.openStartDialog(null)}>
            <Captions size={16} aria-hidden />
          </IconButton>
        )}
        <IconButton
          label={t.text('jobs.checkNow')}
          onPress={() => {
            void actions.run('watch.pollNow', null);
            actions.showSnackbar(t.text('jobs.checkNow.done'));
          }}
        >
          <RefreshCw size={15} aria-hidden />
        </IconButton>
      </div>
      <Segmented
        label={t.text('jobs.filter')}
        value={filter}
        onChange={(id) => windowState.patch({ filter: id })}
        options={LINE_FILTERS.map((id) => ({
          id,
          name: t.text(`jobs.filter.${id}`),
          count: t.number(counts[id]),
        }))}
      />
    </div>
  );
}
