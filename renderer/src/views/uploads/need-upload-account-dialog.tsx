import { NeedAccountDialog } from '../../components/need-account-dialog';
import { useCliptray, useTranslator } from '../../state/context';
import { uploadServices } from '../../state/upload-accounts';

/** No account takes uploads: offers to add one that does. */
export function NeedUploadAccountDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslator();
  const state = useCliptray().app.get();
  return (
    <NeedAccountDialog
      title={t.text('needAccount.title')}
      text={(services) => t.text('needAccount.text', { services })}
      services={state ? uploadServices(state) : []}
      onClose={onClose}
    />
  );
}
