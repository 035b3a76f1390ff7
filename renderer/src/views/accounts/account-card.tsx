import { useEffect, useId, useRef, useState } from 'react';
import type { AccountView, CheckOutcome } from '../../../../preload/contract';
import { Button } from '../../components/button';
import {
  useAppState,
  useCliptray,
  useServiceName,
  useTranslator,
  useWindowState,
} from '../../state/context';
import { LiveChannel } from '../executions/live-channel';
import { AccountChoices } from './account-choices';
import { AccountCredits } from './account-credits';
import { AccountFacts } from './account-facts';
import { AccountMenu } from './account-menu';
import { AccountProblem } from './account-problem';
import { AccountState } from './account-state';
import { NotificationRulesChoice } from './notification-rules';
import { PaceChoice } from './pace-choice';

const HIGHLIGHT_MS = 2_400;

function useHighlight(accountId: string) {
  const { window: windowState } = useCliptray();
  const isHighlighted = useWindowState((state) => state.highlightedAccountId === accountId);
  const ref = useRef<HTMLElement>(null);
  useEffect(() => {
    if (!isHighlighted) return;
    ref.current?.scrollIntoView({ block: 'nearest' });
    ref.current?.focus({ preventScroll: true });
    const timer = setTimeout(() => windowState.patch({ highlightedAccountId: null }), HIGHLIGHT_MS);
    return () => clearTimeout(timer);
  }, [isHighlighted, windowState]);
  return { ref, isHighlighted };
}

/** One account: its facts, its state, and what can be done with it. */
export function AccountCard({ account }: { account: AccountView }) {
  const t = useTranslator();
  const { actions, window: windowState } = useCliptray();
  const service = useServiceName(account.service);
  const hasClips = useAppState(
    (state) => state.services[account.service]?.capabilities.clips ?? false,
  );
  const nameId = useId();
  const { ref, isHighlighted } = useHighlight(account.id);
  const [isTesting, setIsTesting] = useState(false);
  const [tested, setTested] = useState<CheckOutcome | null>(null);

  const test = async () => {
    setIsTesting(true);
    setTested(null);
    const done = await actions.run('account.check', { accountId: account.id });
    setIsTesting(false);
    if (!done) return;
    setTested(done.response);
    actions.announce(
      done.response.problem === null
        ? t.text('account.test.ok', { service })
        : t.text(`problem.${done.response.problem}`, { service }),
    );
  };

  // A test may find a problem that polling has not run into yet.
  const problem = tested?.problem ?? account.problem;
  const remoteText = tested?.problem ? tested.remoteText : account.remoteText;
  return (
    <article
      ref={ref}
      tabIndex={-1}
      className="card"
      aria-labelledby={nameId}
      data-highlighted={isHighlighted || undefined}
    >
      <header className="card-header">
        <span className="service-mark" data-service={account.service} aria-hidden="true">
          {service.slice(0, 1)}
        </span>
        <div className="card-names">
          <h2 className="card-title" id={nameId}>
            <bdi>{account.name}</bdi>
          </h2>
          <span className="card-service">{service}</span>
        </div>
        <AccountState account={account} problem={problem} />
        <div className="card-actions">
          <Button size="small" isPending={isTesting} onPress={test}>
            {t.text('account.test')}
          </Button>
          {hasClips && (
            <Button
              size="small"
              onPress={() =>
                windowState.patch({ dialog: { kind: 'all-clips', accountId: account.id } })
              }
            >
              {t.text('clips.open')}
            </Button>
          )}
          <AccountMenu account={account} />
        </div>
      </header>
      {problem !== null && (
        <AccountProblem account={account} problem={problem} remoteText={remoteText} />
      )}
      {problem === null && tested !== null && (
        <p className="test-result">{t.text('account.test.ok', { service })}</p>
      )}
      <AccountFacts account={account} />
      <AccountCredits account={account} />
      <div className="card-watching">
        <PaceChoice account={account} />
        <NotificationRulesChoice account={account} />
      </div>
      <AccountChoices account={account} />
      <LiveChannel account={account} />
    </article>
  );
}
