import type { ReactNode } from 'react';
import type { AccountView, BudgetReport } from '../../../../preload/contract';
import { useAppState, useServiceName, useTranslator } from '../../state/context';
import { dayCost } from '../../state/day-cost';

function Fact({ name, why, children }: { name: string; why?: string | null; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {children}
        {why && <span className="fact-why">{why}</span>}
      </dd>
    </div>
  );
}

function Cost({ coinsPerDay }: { coinsPerDay: number }) {
  const t = useTranslator();
  const cost = dayCost(coinsPerDay);
  const amount = t.number(cost.coins, { maximumFractionDigits: 2 });
  return t.text(cost.isLess ? 'account.cost.least' : 'account.cost.day', {
    coins: t.text('account.coins', { coins: cost.coins, amount }),
  });
}

/** What polling the account costs, and how many calls the service still allows. */
export function AccountBudget({
  account,
  spending,
}: {
  account: AccountView;
  spending: BudgetReport;
}) {
  const t = useTranslator();
  const service = useServiceName(account.service);
  const isFree = useAppState((state) => state.services[account.service]?.coinsPerPoll == null);
  const { requestsLastHour, requestsPerHour, coinsPerDay, remaining, limit, resetAtMs } = spending;
  const nowMs = Date.now();
  return (
    <>
      <Fact name={t.text('account.requests')}>
        {t.text('account.requests.of', {
          count: t.number(requestsLastHour),
          limit: t.number(requestsPerHour),
        })}
      </Fact>
      {coinsPerDay !== null ? (
        <Fact name={t.text('account.cost')} why={t.text('account.cost.estimated')}>
          <Cost coinsPerDay={coinsPerDay} />
        </Fact>
      ) : (
        isFree && <Fact name={t.text('account.cost')}>{t.text('account.cost.none')}</Fact>
      )}
      {remaining !== null && (
        <Fact
          name={t.text('account.remaining')}
          why={
            resetAtMs !== null && resetAtMs > nowMs
              ? t.text('account.remaining.until', { service, time: t.time(resetAtMs, nowMs) })
              : t.text('account.remaining.told', { service })
          }
        >
          {limit === null
            ? t.number(remaining)
            : t.text('account.remaining.of', {
                remaining: t.number(remaining),
                limit: t.number(limit),
              })}
        </Fact>
      )}
    </>
  );
}
