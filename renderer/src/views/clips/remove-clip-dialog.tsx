import { useState } from 'react';
import { Button } from '../../components/button';
import { Dialog, DialogButtons } from '../../components/dialog';
import { displayText } from '../../components/display-text';
import { FormNotice } from '../../components/form-notice';
import { Quote } from '../../components/quote';
import { useAppState, useCliptray, useServiceName, useTranslator } from '../../state/context';
import type { DialogRequest } from '../../state/window-state';
import type { ReadFailure } from './use-clip';

interface RemoveClipDialogProps {
  request: Extract<DialogRequest, { kind: 'remove-clip' }>;
  onClose: () => void;
}

/** Asks before a clip is deleted at its service, and stays open if that fails. */
export function RemoveClipDialog({ request, onClose }: RemoveClipDialogProps) {
  const t = useTranslator();
  const { actions } = useCliptray();
  const { accountId, clipId, title } = request;
  const serviceId = useAppState((state) => state.accounts[accountId]?.service ?? null);
  const service = useServiceName(serviceId);
  const [isPending, setIsPending] = useState(false);
  const [failure, setFailure] = useState<ReadFailure | null>(null);
  const remove = async () => {
    setIsPending(true);
    const done = await actions.run('clip.remove', { accountId, clipId });
    setIsPending(false);
    if (!done) return;
    if ('removed' in done.response) {
      onClose();
      actions.showSnackbar(t.text('clip.removed', { service }));
    } else setFailure(done.response);
  };
  return (
    <Dialog title={t.text('clip.remove.title', { service })} role="alertdialog" onClose={onClose}>
      <p className="dialog-text">
        <strong>
          <bdi>{displayText(title)}</bdi>
        </strong>
      </p>
      <p className="dialog-text">{t.text('clip.remove.text', { service })}</p>
      {failure && (
        <FormNotice tone="failed" isAlert>
          <strong>
            {t.text('clip.notRemoved')} {t.text(`problem.${failure.problem}`, { service })}
          </strong>
          {failure.remoteText && <Quote service={serviceId}>{failure.remoteText}</Quote>}
        </FormNotice>
      )}
      <DialogButtons>
        <Button autoFocus onPress={onClose}>
          {t.text('common.cancel')}
        </Button>
        <Button variant="danger" isPending={isPending} onPress={() => void remove()}>
          {t.text('clip.remove.confirm')}
        </Button>
      </DialogButtons>
    </Dialog>
  );
}
