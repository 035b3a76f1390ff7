import { type FormEvent, useState } from 'react';
import type { AccountView, AddAccountOutcome } from '../../../../preload/contract';
import { Button } from '../../components/button';
import { Dialog, DialogButtons } from '../../components/dialog';
import { KeyField } from '../../components/key-field';
import { OverrideNotice } from '../../components/override-notice';
import { useCliptray, useServiceName, useTranslator } from '../../state/context';
import { KeyLocationChoice } from './key-location-choice';
import { RefusedKey } from './refused-key';
import { SavedWithProblem } from './saved-with-problem';
import { useKeyForm } from './use-key-form';

/** Asks for a new key for an existing account. */
export function ReplaceKeyDialog({
  account,
  onClose,
}: {
  account: AccountView;
  onClose: () => void;
}) {
  const t = useTranslator();
  const { actions } = useCliptray();
  const service = useServiceName(account.service);
  const [saved, setSaved] = useState<Extract<AddAccountOutcome, { outcome: 'added' }> | null>(null);
  const form = useKeyForm();

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const added = await form.submit(async (key, keyLocation) => {
      const done = await actions.run('account.replaceKey', {
        accountId: account.id,
        key,
        keyLocation,
      });
      return done?.response ?? null;
    });
    if (!added) return;
    if (added.problem !== null) setSaved(added);
    else {
      actions.showSnackbar(t.text('replaceKey.done', { name: account.name }));
      onClose();
    }
  };

  if (saved?.problem) {
    return (
      <SavedWithProblem
        service={account.service}
        problem={saved.problem}
        remoteText={saved.remoteText}
        onClose={onClose}
      />
    );
  }
  return (
    <Dialog title={t.text('replaceKey.title')} onClose={onClose}>
      <form className="form" onSubmit={submit} noValidate>
        <p className="dialog-text">{t.text('replaceKey.text', { name: account.name })}</p>
        <KeyField
          label={t.text('replaceKey.key')}
          inputRef={form.keyRef}
          error={form.keyError}
          autoFocus
        />
        <OverrideNotice service={account.service} />
        <KeyLocationChoice
          failure={form.keychainFailure}
          isSession={form.isSession}
          isMissing={form.isSessionMissing}
          onChange={form.setIsSession}
        />
        {form.refused && (
          <RefusedKey service={account.service} remoteText={form.refused.remoteText} />
        )}
        <DialogButtons>
          <Button onPress={onClose}>{t.text('common.cancel')}</Button>
          <Button variant="primary" type="submit" isPending={form.isPending}>
            {form.isPending
              ? t.text('addAccount.pending', { service })
              : t.text('replaceKey.submit')}
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  );
}
