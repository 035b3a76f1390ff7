import { ConfirmDialog } from '../../components/confirm-dialog';
import { useCliptray, useTranslator } from '../../state/context';

/** Asks before older jobs are deleted from the history. */
export function ShortenHistoryDialog({ days, onClose }: { days: number; onClose: () => void }) {
  const t = useTranslator();
  const { actions } = useCliptray();
  return (
    <ConfirmDialog
      title={t.text('shorten.title', { days })}
      text={t.text('shorten.text')}
      confirmLabel={t.text('shorten.confirm')}
      onConfirm={() => void actions.run('settings.change', { historyDays: days })}
      onClose={onClose}
    />
  );
}
