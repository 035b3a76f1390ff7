import { Select } from '../../components/select';
import { useCliptray, useTranslator } from '../../state/context';
import { historyDayChoices, isShorter } from '../../state/history-days';

const FOREVER = 'forever';

/** How long ended jobs are kept. A shorter time deletes some, so it is asked about first. */
export function HistorySetting({ historyDays }: { historyDays: number | null }) {
  const t = useTranslator();
  const { actions, window: windowState } = useCliptray();
  const choose = (days: number | null) => {
    if (days !== null && isShorter(days, historyDays)) {
      windowState.patch({ dialog: { kind: 'shorten-history', days } });
    } else void actions.run('settings.change', { historyDays: days });
  };
  return (
    <div className="setting-row">
      <div className="setting-text">
        <span className="setting-label">{t.text('settings.historyDays')}</span>
        <span className="setting-help">{t.text('settings.historyDays.text')}</span>
      </div>
      <div className="setting-select">
        <Select
          label={t.text('settings.historyDays')}
          isLabelVisible={false}
          value={historyDays === null ? FOREVER : String(historyDays)}
          options={[
            { id: FOREVER, name: t.text('settings.historyDays.forever') },
            ...historyDayChoices(historyDays).map((days) => ({
              id: String(days),
              name: t.text('settings.historyDays.days', { days }),
            })),
          ]}
          onChange={(id) => choose(id === FOREVER ? null : Number(id))}
        />
      </div>
    </div>
  );
}
