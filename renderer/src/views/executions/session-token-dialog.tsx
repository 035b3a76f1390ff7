import { type FormEvent, useRef, useState } from 'react';
import type { AccountView } from '../../../../preload/contract';
import { Button } from '../../components/button';
import { Dialog, DialogButtons } from '../../components/dialog';
import { KeyField } from '../../components/key-field';
import { useCliptray, useServiceName, useTranslator } from '../../state/context';

/** Asks for the session token that opens the realtime channel of an account. */
export function SessionTokenDialog({
  account,
  onClose,
}: {
  account: AccountView;
  onClose: () => void;
}) {
  const t = useTranslator();
  const { actions } = useCliptray();
  const service = useServiceName(account.service);
  const tokenRef = useRef<HTMLInputElement>(null);
  const [error, setError] = useState<string | null>(null);
  const [isPending, setIsPending] = useState(false);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const token = tokenRef.current?.value.trim() ?? '';
    if (token === '') {
      setError(t.text('live.token.empty'));
      tokenRef.current?.focus();
      return;
    }
    if (isPending) return;
    setError(null);
    setIsPending(true);
    const done = await actions.run('account.setSessionToken', { accountId: account.id, token });
    setIsPending(false);
    const outcome = done?.response;
    if (outcome?.outcome === 'set') {
      if (tokenRef.current) tokenRef.current.value = '';
      onClose();
      actions.showSnackbar(t.text('live.set'));
    } else if (outcome?.outcome === 'keychain-failed') {
      setError(t.text(`keychainFailed.${outcome.why}`));
    }
  };

  return (
    <Dialog title={t.text('live.title')} onClose={onClose}>
      <form className="form" onSubmit={submit} noValidate>
        <p className="dialog-text">{t.text('live.text', { service, name: account.name })}</p>
        <KeyField label={t.text('live.token')} inputRef={tokenRef} error={error} autoFocus />
        <DialogButtons>
          <Button onPress={onClose}>{t.text('common.cancel')}</Button>
          <Button variant="primary" type="submit" isPending={isPending}>
            {t.text('live.submit')}
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  );
}
