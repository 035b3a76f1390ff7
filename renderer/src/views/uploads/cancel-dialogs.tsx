import { ConfirmDialog } from '../../components/confirm-dialog';
import { useAppState, useCliptray, useTranslator } from '../../state/context';

/** Asks before the sent parts of one upload are thrown away. */
export function CancelUploadDialog({
  uploadId,
  onClose,
}: {
  uploadId: string;
  onClose: () => void;
}) {
  const t = useTranslator();
  const { actions } = useCliptray();
  return (
    <ConfirmDialog
      title={t.text('cancelUpload.title')}
      text={t.text('cancelUpload.text')}
      cancelLabel={t.text('cancelUpload.keep')}
      confirmLabel={t.text('cancelUpload.confirm')}
      onConfirm={() => void actions.run('upload.cancel', { uploadId })}
      onClose={onClose}
    />
  );
}

/** Asks before all uploads are cancelled, paused and failed ones included. */
export function CancelAllDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslator();
  const { actions } = useCliptray();
  const { unfinished, paused, failed } = useAppState((state) => state.uploads.all);
  return (
    <ConfirmDialog
      title={t.text('cancelAll.title', { count: unfinished + paused + failed })}
      text={t.text('cancelAll.text')}
      cancelLabel={t.text('cancelAll.keep')}
      confirmLabel={t.text('cancelAll.confirm')}
      onConfirm={() => void actions.run('uploads.cancelAll', null)}
      onClose={onClose}
    />
  );
}
