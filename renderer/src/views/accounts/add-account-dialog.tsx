import { type FormEvent, useState } from 'react';
import type { AddAccountOutcome, KeyHeader, ServiceId } from '../../../../preload/contract';
import { Button } from '../../components/button';
import { Dialog, DialogButtons } from '../../components/dialog';
import { KeyField } from '../../components/key-field';
import { OverrideNotice } from '../../components/override-notice';
import { Segmented } from '../../components/segmented';
import { TextField } from '../../components/text-field';
import { useAppState, useCliptray, useTranslator } from '../../state/context';
import { SignInNotice, SignInPanel } from '../sign-in/sign-in-panel';
import { useSignIn } from '../sign-in/use-sign-in';
import { AdvancedChoice } from './advanced-choice';
import { KeyLocationChoice } from './key-location-choice';
import { RefusedKey } from './refused-key';
import { SavedWithProblem } from './saved-with-problem';
import { ServiceChoice } from './service-choice';
import { useKeyForm } from './use-key-form';

export const MAX_NAME_LENGTH = 80;

/** A name that no other account has: the service's, numbered from the second on. */
function useFreeName(serviceId: ServiceId): string {
  const t = useTranslator();
  const accounts = useAppState((state) => state.accounts);
  const service = useAppState((state) => state.services[serviceId]?.name ?? '');
  const taken = new Set(Object.values(accounts).map((account) => account.name));
  let name = service;
  for (let number = 2; taken.has(name); number += 1) {
    name = t.text('addAccount.name.numbered', { service, number });
  }
  return name;
}

interface AddAccountDialogProps {
  service: ServiceId | null;
  onClose: () => void;
}

/** Asks for a service, a name and a key. The key goes from its field to main, once. */
export function AddAccountDialog({ service: initialService, onClose }: AddAccountDialogProps) {
  const t = useTranslator();
  const { actions, window: windowState } = useCliptray();
  const services = useAppState((state) => state.services);
  const [serviceId, setServiceId] = useState(initialService ?? Object.keys(services)[0] ?? '');
  const service = services[serviceId];
  const freeName = useFreeName(serviceId);
  const [typedName, setTypedName] = useState<string | null>(null);
  const name = typedName ?? freeName;
  const [isNameMissing, setIsNameMissing] = useState(false);
  const [keyHeader, setKeyHeader] = useState<KeyHeader | null>(null);
  const [saved, setSaved] = useState<Extract<AddAccountOutcome, { outcome: 'added' }> | null>(null);
  const form = useKeyForm();
  const [way, setWay] = useState<'key' | 'browser'>('key');
  const isBrowser = way === 'browser' && service?.capabilities.signIn === true;

  const finish = (accountId: string, accountName: string) => {
    actions.showSnackbar(t.text('addAccount.added', { name: accountName }));
    onClose();
    windowState.patch({ view: 'accounts', highlightedAccountId: accountId });
  };
  const signIn = useSignIn((added) => {
    if (added.problem === null) finish(added.accountId, name.trim());
    else setSaved({ ...added, remoteText: null });
  });

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const trimmed = name.trim();
    setIsNameMissing(trimmed === '');
    if (trimmed === '' || !service) return;
    if (isBrowser) {
      const keyLocation = form.chooseLocation();
      if (keyLocation !== null) await signIn.begin(service.id, trimmed, keyLocation);
      return;
    }
    const header = keyHeader && service.keyHeaders.includes(keyHeader) ? keyHeader : null;
    const added = await form.submit(async (key, keyLocation) => {
      const done = await actions.run('account.add', {
        service: service.id,
        name: trimmed,
        key,
        keyHeader: header ?? service.keyHeaders[0] ?? 'bearer',
        keyLocation,
      });
      return done?.response ?? null;
    });
    if (!added) return;
    if (added.problem !== null) setSaved(added);
    else finish(added.accountId, trimmed);
  };

  if (saved?.problem) {
    return (
      <SavedWithProblem
        service={serviceId}
        problem={saved.problem}
        remoteText={saved.remoteText}
        onClose={() => {
          onClose();
          actions.showAccount(saved.accountId);
        }}
      />
    );
  }
  if (signIn.offer) {
    return (
      <Dialog title={t.text('signIn.title', { service: service?.name ?? '' })} onClose={onClose}>
        <SignInPanel
          offer={signIn.offer}
          serviceId={serviceId}
          onOpenPage={() => void signIn.openPage()}
        />
        <DialogButtons>
          <Button autoFocus onPress={signIn.cancel}>
            {t.text('common.cancel')}
          </Button>
        </DialogButtons>
      </Dialog>
    );
  }
  return (
    <Dialog title={t.text('addAccount.title')} onClose={onClose}>
      <form className="form" onSubmit={submit} noValidate>
        <ServiceChoice
          services={Object.values(services)}
          value={serviceId}
          onChange={setServiceId}
        />
        {service?.capabilities.signIn && (
          <Segmented
            label={t.text('signIn.way')}
            isLabelVisible
            help={isBrowser ? t.text('signIn.way.help', { service: service.name }) : undefined}
            value={way}
            options={[
              { id: 'key', name: t.text('signIn.way.key') },
              { id: 'browser', name: t.text('signIn.way.browser') },
            ]}
            onChange={setWay}
          />
        )}
        {!isBrowser && (
          <KeyField
            label={t.text('addAccount.key')}
            inputRef={form.keyRef}
            error={form.keyError}
            autoFocus
            hint={
              service?.hasKeyPage && (
                <Button
                  variant="quiet"
                  size="small"
                  onPress={() =>
                    void actions.run('page.open', { page: 'keys', service: service.id })
                  }
                >
                  {t.text('addAccount.key.where')}
                </Button>
              )
            }
          />
        )}
        <TextField
          label={t.text('addAccount.name')}
          value={name}
          maxLength={MAX_NAME_LENGTH}
          error={isNameMissing ? t.text('addAccount.name.empty') : null}
          onChange={setTypedName}
        />
        {service && service.keyHeaders.length > 1 && !isBrowser && (
          <AdvancedChoice
            headers={service.keyHeaders}
            value={keyHeader ?? service.keyHeaders[0] ?? 'bearer'}
            onChange={setKeyHeader}
          />
        )}
        <OverrideNotice service={serviceId} />
        <KeyLocationChoice
          failure={form.keychainFailure}
          isSession={form.isSession}
          isMissing={form.isSessionMissing}
          onChange={form.setIsSession}
        />
        {form.refused && !isBrowser && (
          <RefusedKey service={serviceId} remoteText={form.refused.remoteText} />
        )}
        {signIn.failure && isBrowser && (
          <SignInNotice failure={signIn.failure} serviceId={serviceId} />
        )}
        <DialogButtons>
          <Button onPress={onClose}>{t.text('common.cancel')}</Button>
          <Button variant="primary" type="submit" isPending={form.isPending || signIn.isBeginning}>
            {isBrowser
              ? t.text('signIn.begin')
              : form.isPending
                ? t.text('addAccount.pending', { service: service?.name ?? '' })
                : t.text('addAccount.submit')}
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  );
}
