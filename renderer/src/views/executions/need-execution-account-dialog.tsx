import { Button } from '../../components/button';
import { Dialog, DialogButtons } from '../../components/dialog';
import { useCliptray, useTranslator } from '../../state/context';
import { executionServices } from '../../state/execution-accounts';
import { nameList } from '../../state/name-list';

/** No account can start executions: offers to add one that can. */
export function NeedExecutionAccountDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslator();
  const { app, window: windowState } = useCliptray();
  const state = app.get();
  const services = state ? executionServices(state) : [];
  return (
    <Dialog title={t.text('needExecutionAccount.title')} onClose={onClose}>
      <p className="dialog-text">
        {t.text('needExecutionAccount.text', { services: nameList(services, t.language) })}
      </p>
      <DialogButtons>
        <Button onPress={onClose}>{t.text('common.cancel')}</Button>
        <Button
          variant="primary"
          autoFocus
          onPress={() =>
            windowState.patch({ dialog: { kind: 'add-account', service: services[0]?.id ?? null } })
          }
        >
          {t.text('accounts.add')}
        </Button>
      </DialogButtons>
    </Dialog>
  );
}
