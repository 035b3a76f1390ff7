import type { ServiceView } from '../../../preload/contract';
import { useCliptray, useTranslator } from '../state/context';
import { nameList } from '../state/name-list';
import { Button } from './button';
import { Dialog, DialogButtons } from './dialog';

interface NeedAccountDialogProps {
  title: string;
  /** Why, given the names of the services that could do it. */
  text: (services: string) => string;
  /** Services that could do it; the first is chosen in the form of a new account. */
  services: ServiceView[];
  onClose: () => void;
}

/** No account can do what the user asked for: offers to add one that can. */
export function NeedAccountDialog({ title, text, services, onClose }: NeedAccountDialogProps) {
  const t = useTranslator();
  const { window: windowState } = useCliptray();
  const addAccount = () =>
    windowState.patch({ dialog: { kind: 'add-account', service: services[0]?.id ?? null } });
  return (
    <Dialog title={title} onClose={onClose}>
      <p className="dialog-text">{text(nameList(services, t.language))}</p>
      <DialogButtons>
        <Button onPress={onClose}>{t.text('common.cancel')}</Button>
        <Button variant="primary" autoFocus onPress={addAccount}>
          {t.text('accounts.add')}
        </Button>
      </DialogButtons>
    </Dialog>
  );
}
