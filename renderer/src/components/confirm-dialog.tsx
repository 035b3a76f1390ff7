import { useTranslator } from '../state/context';
import { Button } from './button';
import { Dialog, DialogButtons } from './dialog';

interface ConfirmDialogProps {
  title: string;
  text: string;
  confirmLabel: string;
  cancelLabel?: string;
  onConfirm: () => void;
  onClose: () => void;
}

/** Asks before something is lost. The harmless answer is focused. */
export function ConfirmDialog({
  title,
  text,
  confirmLabel,
  cancelLabel,
  onConfirm,
  onClose,
}: ConfirmDialogProps) {
  const t = useTranslator();
  return (
    <Dialog title={title} role="alertdialog" onClose={onClose}>
      <p className="dialog-text">{text}</p>
      <DialogButtons>
        <Button autoFocus onPress={onClose}>
          {cancelLabel ?? t.text('common.cancel')}
        </Button>
        <Button
          variant="danger"
          onPress={() => {
            onClose();
            onConfirm();
          }}
        >
          {confirmLabel}
        </Button>
      </DialogButtons>
    </Dialog>
  );
}
