import { Button } from '../../components/button';
import { Dialog, DialogButtons } from '../../components/dialog';
import { useCliptray, useTranslator } from '../../state/context';
import { nameList } from '../../state/name-list';
import { uploadServices } from '../../state/upload-accounts';

/** No account takes uploads: offers to add one that does. */
export function NeedUploadAccountDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslator();
  const { app, window: windowState } = useCliptray();
  const state = app.get();
  const services = state ? uploadServices(state) : [];
  return (
    <Dialog title={t.text('needAccount.title')} onClose={onClose}>
      <p className="dialog-text">
        {t.text('needAccount.text', { services: nameList(services, t.language) })}
      </p>
      <DialogButtons>
        <Button onPress={onClose}>{t.text('common.cancel')}</Button>
        <Button
          variant="primary"
          autoFocus
          onPress={() =>
            windowState.patch({
              dialog: { kind: 'add-account', service: services[0]?.id ?? null },
            })
          }
        >
          {t.text('accounts.add')}
        </Button>
      </DialogButtons>
    </Dialog>
  );
}
