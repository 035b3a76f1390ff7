import { Download, FileBraces, FileSpreadsheet } from 'lucide-react';
import { useState } from 'react';
import { ActionMenu, type MenuAction } from '../../components/action-menu';
import { Button } from '../../components/button';
import { SearchField } from '../../components/search-field';
import { useCliptray, useTranslator, useWindowState } from '../../state/context';
import { toHistoryFilter } from '../../state/history-filter';

const FORMATS = ['csv', 'json'] as const;
const ICONS = {
  csv: <FileSpreadsheet size={14} aria-hidden />,
  json: <FileBraces size={14} aria-hidden />,
};

function ExportMenu() {
  const t = useTranslator();
  const { actions, window: windowState } = useCliptray();
  const [isPending, setIsPending] = useState(false);
  const save = async (format: (typeof FORMATS)[number]) => {
    setIsPending(true);
    await actions.exportHistory(toHistoryFilter(windowState.get().history, Date.now()), format);
    setIsPending(false);
  };
  const items: MenuAction[] = FORMATS.map((format) => ({
    id: format,
    label: t.text(`history.export.${format}`),
    icon: ICONS[format],
    act: () => void save(format),
  }));
  return (
    <ActionMenu actions={items}>
      <span className="history-export">
        <Button
          isPending={isPending}
          aria-label={t.text('history.export')}
          data-tip={t.text('history.export.text')}
          icon={<Download size={15} aria-hidden />}
        >
          {t.text('history.export')}
        </Button>
      </span>
    </ActionMenu>
  );
}

/** The title, the search field and the export menu of the history. */
export function HistoryHeader({ hasJobs }: { hasJobs: boolean }) {
  const t = useTranslator();
  const { window: windowState } = useCliptray();
  const choice = useWindowState((state) => state.history);
  return (
    <div className="view-title-row">
      <h1 className="view-title">{t.text('history.title')}</h1>
      <SearchField
        label={t.text('history.search')}
        value={choice.text}
        onChange={(text) => windowState.patch({ history: { ...choice, text } })}
      />
      {hasJobs && <ExportMenu />}
    </div>
  );
}
