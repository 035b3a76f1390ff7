import { type FormEvent, useState } from 'react';
import type { AccountView } from '../../../../preload/contract';
import { Button } from '../../components/button';
import { Dialog, DialogButtons } from '../../components/dialog';
import { TextField } from '../../components/text-field';
import { useCliptray, useTranslator } from '../../state/context';
import { MAX_NAME_LENGTH } from './add-account-dialog';

/** Gives an account another name. */
export function RenameAccountDialog({
  account,
  onClose,
}: {
  account: AccountView;
  onClose: () => void;
}) {
  const t = useTranslator();
  const { actions } = useCliptray();
  const [name, setName] = useState(account.name);
  const [isMissing, setIsMissing] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const trimmed = name.trim();
    setIsMissing(trimmed === '');
    if (trimmed === '') return;
    if (trimmed !== account.name) {
      void actions.run('account.rename', { accountId: account.id, name: trimmed });
    }
    onClose();
  };
  return (
    <Dialog title={t.text('renameAccount.title')} onClose={onClose}>
      <form className="form" onSubmit={submit} noValidate>
        <TextField
          label={t.text('renameAccount.name')}
          value={name}
          maxLength={MAX_NAME_LENGTH}
          autoFocus
          error={isMissing ? t.text('addAccount.name.empty') : null}
          onChange={setName}
        />
        <DialogButtons>
          <Button onPress={onClose}>{t.text('common.cancel')}</Button>
          <Button variant="primary" type="submit">
            {t.text('common.save')}
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  );
}
