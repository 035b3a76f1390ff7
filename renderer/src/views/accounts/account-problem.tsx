import type { AccountView } from '../../../../preload/contract';
import { Button } from '../../components/button';
import { Quote } from '../../components/quote';
import { useAppState, useCliptray, useServiceName, useTranslator } from '../../state/context';

interface AccountProblemProps {
  account: AccountView;
  problem: NonNullable<AccountView['problem']>;
  remoteText: string | null;
}

/** What is wrong with an account, and the step that fixes it. */
export function AccountProblem({ account, problem, remoteText }: AccountProblemProps) {
  const t = useTranslator();
  const { actions, window: windowState } = useCliptray();
  const service = useServiceName(account.service);
  const view = useAppState((state) => state.services[account.service]);
  const isAboutKey = problem === 'key-refused' || problem === 'key-missing';
  const isAboutMoney = problem === 'no-credit' || problem === 'plan-suspended';
  const isAboutScope = problem === 'scope-missing';
  const open = (page: 'keys' | 'balance') =>
    void actions.run('page.open', { page, service: account.service });
  return (
    <div className="card-problem" data-tone={isAboutKey ? 'failed' : 'attention'}>
      <p>
        <strong>{t.text(`problem.${problem}`, { service })}</strong>{' '}
        {t.text(`problem.${problem}.help`, { service })}
      </p>
      {remoteText && <Quote service={account.service}>{remoteText}</Quote>}
      {problem === 'keychain-locked' && (
        <div className="card-fix">
          <Button
            size="small"
            onPress={() => void actions.run('account.check', { accountId: account.id })}
          >
            {t.text('account.unlock')}
          </Button>
        </div>
      )}
      {(isAboutKey || isAboutScope || isAboutMoney) && (
        <div className="card-fix">
          {(isAboutKey || isAboutScope) && (
            <Button
              size="small"
              onPress={() =>
                windowState.patch({ dialog: { kind: 'replace-key', accountId: account.id } })
              }
            >
              {t.text('account.replaceKey')}
            </Button>
          )}
          {(isAboutKey || isAboutScope) && view?.hasKeyPage && (
            <Button size="small" onPress={() => open('keys')}>
              {t.text('account.keysPage')}
            </Button>
          )}
          {isAboutMoney && view?.hasBalancePage && (
            <Button size="small" onPress={() => open('balance')}>
              {t.text('account.balancePage')}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}
