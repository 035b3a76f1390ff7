import type { AccountView, AddressOverride } from '../../../../preload/contract';
import { useMinutesSince, useSecondsUntil } from '../../hooks/use-clock';
import { useAppState, useServiceName, useTranslator } from '../../state/context';
import { AccountBudget } from './account-budget';

function LastAnswer({ atMs }: { atMs: number }) {
  const t = useTranslator();
  const minutes = useMinutesSince(atMs);
  return minutes === 0
    ? t.text('account.justNow')
    : t.text('account.ago', { duration: t.duration(minutes * 60_000) });
}

function NextCheck({ account }: { account: AccountView }) {
  const t = useTranslator();
  const waits = account.pollReason === 'offline' || account.pollReason === 'paused';
  const seconds = useSecondsUntil(waits ? null : account.nextPollAtMs);
  if (seconds === null) return t.text('account.nextCheck.waiting');
  return seconds === 0
    ? t.text('account.nextCheck.now')
    : t.text('account.nextCheck.in', { duration: t.duration(seconds * 1000) });
}

/** Another address than the service's own, and what sets it. */
function Address({ override, service }: { override: AddressOverride; service: string }) {
  const t = useTranslator();
  const { variable, origin } = override;
  return (
    <div>
      <dt>{t.text('account.address')}</dt>
      <dd>
        {origin ?? t.text('account.address.unusable')}
        <span className="fact-why">
          {origin === null
            ? t.text('account.address.unusable.set', { variable })
            : t.text('account.address.set', { variable, service })}
        </span>
      </dd>
    </div>
  );
}

/** The last and next poll of an account, its budget and balance, and where its key is stored. */
export function AccountFacts({ account }: { account: AccountView }) {
  const t = useTranslator();
  const service = useServiceName(account.service);
  const { platform, metered } = useAppState((state) => state.app.main.environment);
  const override = useAppState((state) => state.services[account.service]?.override);
  const { pollReason, spending } = account;
  const isSlowed = metered && (pollReason === 'active' || pollReason === 'idle');
  return (
    <dl className="facts card-facts">
      <div>
        <dt>{t.text('account.lastChecked')}</dt>
        <dd>
          {account.lastSuccessAtMs === null ? (
            t.text('account.lastChecked.never')
          ) : (
            <LastAnswer atMs={account.lastSuccessAtMs} />
          )}
        </dd>
      </div>
      <div>
        <dt>{t.text('account.nextCheck')}</dt>
        <dd>
          <NextCheck account={account} />
          <span className="fact-why">{t.text(`poll.${pollReason}`, { service })}</span>
          {isSlowed && <span className="fact-why">{t.text('account.metered')}</span>}
        </dd>
      </div>
      {spending && <AccountBudget account={account} spending={spending} />}
      {account.balanceCoins !== null && (
        <div>
          <dt>{t.text('account.balance')}</dt>
          <dd>
            {t.text('account.coins', {
              coins: account.balanceCoins,
              amount: t.number(account.balanceCoins, { maximumFractionDigits: 2 }),
            })}
          </dd>
        </div>
      )}
      <div>
        <dt>{t.text('account.key')}</dt>
        <dd>
          {account.keyLocation === 'session'
            ? t.text('keyLocation.session')
            : t.text(`keyLocation.keychain.${platform}`)}
        </dd>
      </div>
      {override && <Address override={override} service={service} />}
    </dl>
  );
}
