import { ConfirmDialog } from '../../components/confirm-dialog';
import { useCliptray, useTranslator } from '../../state/context';

/** Asks before older jobs are deleted from the history. */
export function ShortenHistoryDialog({ days, onClose }: { days: number; onClose: () => void }) {
  const t = useTranslator();
  const { actions } = useCliptray();
  return (
    <ConfirmDialog
      title={t.text('shortenHistory.title', { days })}
      text={t.text('shortenHistory.text')}
      confirmLabel={t.text('shortenHistory.confirm')}
      onConfirm={() => void actions.run('settings.change', { historyDays: days })}
      onClose={onClose}
    />
  );
}
