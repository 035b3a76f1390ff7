import { RefreshCw, Search, X } from 'lucide-react';
import { Button as AriaButton, Input, SearchField } from 'react-aria-components';
import { IconButton } from '../../components/button';
import { Segmented } from '../../components/segmented';
import { useCliptray, useTranslator, useWindowState } from '../../state/context';
import { LINE_FILTERS, type LineFilter } from '../../state/line-list';

const MAX_QUERY_LENGTH = 200;

/** Title, filters and search over the list. */
export function JobsHeader({ counts }: { counts: Record<LineFilter, number> }) {
  const t = useTranslator();
  const { actions, window: windowState } = useCliptray();
  const filter = useWindowState((state) => state.filter);
  const query = useWindowState((state) => state.query);
  return (
    <div className="view-header">
      <div className="view-title-row">
        <h1 className="view-title">{t.text('jobs.title')}</h1>
        <SearchField
          className="search"
          aria-label={t.text('jobs.search')}
          value={query}
          maxLength={MAX_QUERY_LENGTH}
          onChange={(text) => windowState.patch({ query: text })}
        >
          <Search size={14} aria-hidden className="search-icon" />
          <Input className="input" placeholder={t.text('jobs.search')} spellCheck={false} />
          {query !== '' && (
            <AriaButton
              className="button button-quiet button-icon search-clear"
              aria-label={t.text('jobs.search.clear')}
            >
              <X size={13} aria-hidden />
            </AriaButton>
          )}
        </SearchField>
        <IconButton
          label={t.text('jobs.checkNow')}
          onPress={() => {
            void actions.run('watch.pollNow', null);
            actions.tell(t.text('jobs.checkNow.done'));
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
