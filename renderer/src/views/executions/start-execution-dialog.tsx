import { type FormEvent, useState } from 'react';
import type { StartForm, StartOutcome } from '../../../../preload/contract';
import { Button } from '../../components/button';
import { Dialog, DialogButtons } from '../../components/dialog';
import { Select } from '../../components/select';
import { useAppState, useCliptray, useServiceName, useTranslator } from '../../state/context';
import { executionAccounts } from '../../state/execution-accounts';
import {
  checkDraft,
  type DraftProblems,
  draftForm,
  newDraft,
  START_KINDS,
  type StartDraft,
  type StartKind,
} from '../../state/start-draft';
import { ConfirmCost } from './confirm-cost';
import { CostFacts, useStartCost } from './start-cost';
import { StartFields } from './start-fields';
import { StartNotice } from './start-notice';
import { useStart } from './use-start';

/** Asks what to start on which source, shows what it costs, and starts it. */
export function StartExecutionDialog({
  source,
  onClose,
}: {
  source: string | null;
  onClose: () => void;
}) {
  const t = useTranslator();
  const { actions, app, window: windowState } = useCliptray();
  useAppState((state) => state.accounts);
  const state = app.get();
  const accounts = state ? executionAccounts(state) : [];
  const [chosenId, setChosenId] = useState<string | null>(null);
  const account = accounts.find(({ id }) => id === chosenId) ?? accounts[0] ?? null;
  const service = useServiceName(account?.service);
  const [draft, setDraft] = useState<StartDraft>(() => newDraft(source));
  const [problems, setProblems] = useState<DraftProblems>({});
  const hasText = draft.kind === 'transcript' && draft.hasText;

  const toList = () => {
    onClose();
    windowState.patch({ view: 'jobs' });
  };
  const startedText = (kind: StartKind) =>
    t.text(kind === 'schedule' ? 'started.schedule' : 'started.one');
  const starting = useStart(
    (form: StartForm) => {
      toList();
      actions.showSnackbar(startedText(form.kind));
    },
    (late: StartOutcome) => {
      if (late.outcome === 'started') actions.showSnackbar(startedText(draft.kind));
      if (late.outcome === 'unsure')
        actions.showSnackbar(t.text(`unsure.${late.found}`, { service }));
      if (late.outcome === 'refused') {
        const problem = t.text(`problem.${late.problem}`, { service });
        actions.showSnackbar(t.text('refused.title', { problem }));
      }
    },
  );
  const { outcome, confirmation, isPending } = starting;
  const cost = useStartCost(account?.id ?? null, draftForm(draft), outcome);

  const isUnsure = outcome?.outcome === 'unsure';
  const isFound = isUnsure && outcome.found === 'started';
  const change = (part: Partial<StartDraft>) => {
    setDraft((before) => ({ ...before, ...part }));
    setProblems((before) =>
      Object.fromEntries(Object.entries(before).filter(([field]) => !(field in part))),
    );
    if (!isUnsure) starting.forget();
  };

  const send = () => {
    const checked = checkDraft(draft);
    setProblems('problems' in checked ? checked.problems : {});
    if ('form' in checked && account) void starting.start(account.id, checked.form, false);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // It may cost twice: Enter in a field must not send it again.
    if (!isUnsure) send();
  };

  const pendingText = t.text('start.pending', { service });
  if (confirmation && account) {
    return (
      <ConfirmCost
        cost={confirmation.cost}
        hasText={hasText}
        service={service}
        isPending={isPending}
        pendingText={pendingText}
        onBack={starting.takeBack}
        onAgree={() => void starting.start(account.id, confirmation.form, true)}
      />
    );
  }
  return (
    <Dialog title={t.text('start.title')} onClose={onClose}>
      <form className="form" onSubmit={submit} noValidate>
        {accounts.length > 1 && (
          <Select
            label={t.text('start.account')}
            value={account?.id ?? null}
            options={accounts.map(({ id, name }) => ({ id, name }))}
            onChange={(id) => {
              setChosenId(id);
              // Everything that was picked belongs to the previous account.
              change({
                itemId: '',
                reporterId: '',
                workflowId: '',
                collectionId: '',
                scheduleId: '',
              });
            }}
          />
        )}
        <Select
          label={t.text('start.kind')}
          value={draft.kind}
          options={START_KINDS.map((id) => ({ id, name: t.text(`start.kind.${id}`) }))}
          onChange={(kind) => change({ kind: kind as StartKind })}
        />
        {account && (
          <StartFields
            key={account.id}
            draft={draft}
            problems={problems}
            service={service}
            accountId={account.id}
            onChange={change}
          />
        )}
        {cost && <CostFacts cost={cost} hasText={hasText} service={service} />}
        {outcome && <StartNotice outcome={outcome} serviceId={account?.service ?? null} />}
        {isPending && starting.isLong && (
          <p className="field-help" role="status">
            {t.text('start.pending.long')}
          </p>
        )}
        <DialogButtons>
          <Button onPress={onClose}>{t.text(outcome ? 'common.close' : 'common.cancel')}</Button>
          {isUnsure && !isFound && (
            <Button isPending={isPending} onPress={send}>
              {isPending ? pendingText : t.text('start.again')}
            </Button>
          )}
          {isUnsure ? (
            <Button variant="primary" autoFocus onPress={toList}>
              {t.text('start.list')}
            </Button>
          ) : (
            <Button variant="primary" type="submit" isPending={isPending}>
              {isPending ? pendingText : t.text(outcome ? 'import.again' : 'start.submit')}
            </Button>
          )}
        </DialogButtons>
      </form>
    </Dialog>
  );
}
