import { useCallback, useEffect, useState } from 'react';
import type { AccountView, Credits, ServiceRead } from '../../../../preload/contract';
import { Button } from '../../components/button';
import { Quote } from '../../components/quote';
import { useAppState, useCliptray, useServiceName, useTranslator } from '../../state/context';

/** The credit of an account, as its service reports it; what it leaves out is shown as unknown. */
function CreditFacts({ credits }: { credits: Credits }) {
  const t = useTranslator();
  const { balance, balanceText, allocation, used, resetAtMs, breakdown, recent } = credits;
  const amount = (value: number) => t.number(value, { maximumFractionDigits: 2 });
  const unknown = t.text('credits.unknown');
  const facts = [
    {
      name: t.text('credits.balance'),
      value: balanceText ?? (balance === null ? unknown : amount(balance)),
    },
    {
      name: t.text('credits.allocation'),
      value: allocation === null ? unknown : amount(allocation),
    },
    { name: t.text('credits.used'), value: used === null ? unknown : amount(used) },
    {
      name: t.text('credits.reset'),
      value: resetAtMs === null ? unknown : t.day(resetAtMs, Date.now()),
    },
  ];
  return (
    <>
      <dl className="facts">
        {facts.map(({ name, value }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <bdi>{value}</bdi>
            </dd>
          </div>
        ))}
      </dl>
      {breakdown.length + recent.length > 0 && (
        <ul className="part-scores">
          {breakdown.map(({ name, amount: value }) => (
            <li key={name}>
              <bdi>{t.text('clip.score', { name, value: amount(value) })}</bdi>
            </li>
          ))}
          {recent.map((entry, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: entries have no identity but their position.
            <li key={index}>
              <bdi>
                {[
                  entry.description,
                  entry.amount === null ? null : amount(entry.amount),
                  entry.atMs === null ? null : t.time(entry.atMs, Date.now()),
                ]
                  .filter((part) => part !== null)
                  .join(' · ')}
              </bdi>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** The credit of an account. Shown only where reading it is free. */
export function AccountCredits({ account }: { account: AccountView }) {
  const t = useTranslator();
  const { actions } = useCliptray();
  const service = useAppState((state) => state.services[account.service]);
  const name = useServiceName(account.service);
  const isFree = service?.coinsPerPoll === null;
  const [read, setRead] = useState<ServiceRead<Credits> | null>(null);
  const [isReading, setIsReading] = useState(false);
  const { id } = account;
  const load = useCallback(async () => {
    setIsReading(true);
    const done = await actions.run('account.credits', { accountId: id });
    setIsReading(false);
    if (done) setRead(done.response);
  }, [actions, id]);
  useEffect(() => {
    if (isFree) void load();
  }, [isFree, load]);
  if (!service?.capabilities.credits || !isFree) return null;
  return (
    <section className="card-credits" aria-label={t.text('credits.title')}>
      <div className="card-credits-heading">
        <h3 className="field-label">{t.text('credits.title')}</h3>
        <Button size="small" variant="quiet" isPending={isReading} onPress={() => void load()}>
          {t.text('credits.read')}
        </Button>
      </div>
      {read && 'value' in read && <CreditFacts credits={read.value} />}
      {read && 'problem' in read && (
        <>
          <p className="field-help">
            {t.text('credits.unreadable')} {t.text(`problem.${read.problem}`, { service: name })}
          </p>
          {read.remoteText && <Quote service={account.service}>{read.remoteText}</Quote>}
        </>
      )}
    </section>
  );
}
