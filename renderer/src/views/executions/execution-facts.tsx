import type { ExecutionView } from '../../../../preload/contract';
import { coinsText } from '../../state/coins';
import { useAppState, useServiceName, useTranslator } from '../../state/context';

/** Where, when, by what and for how much. */
export function ExecutionFacts({
  run,
  accountId,
}: {
  run: ExecutionView;
  accountId: string | null;
}) {
  const t = useTranslator();
  const account = useAppState((state) =>
    accountId === null ? undefined : state.accounts[accountId],
  );
  const service = useServiceName(account?.service);
  const nowMs = Date.now();
  const workflow = run.workflow?.name ?? run.workflow?.id ?? null;
  const startedAtMs = run.startedAtMs ?? run.createdAtMs;
  const facts = [
    account && {
      name: t.text('line.account'),
      value: t.text('line.accountAt', { name: account.name, service }),
    },
    workflow !== null && { name: t.text('execution.workflow'), value: workflow },
    startedAtMs !== null && { name: t.text('line.started'), value: t.clock(startedAtMs, nowMs) },
    run.endedAtMs !== null && {
      name: t.text('timeline.ended'),
      value: t.clock(run.endedAtMs, nowMs),
    },
    run.costCoins !== null && {
      name: t.text('execution.cost'),
      value: coinsText(t, run.costCoins),
    },
    { name: t.text('line.status'), value: t.text('line.quote', { text: run.remoteStatus }) },
    { name: t.text('timeline.remoteId'), value: run.id },
  ];
  return (
    <dl className="facts">
      {facts.map(
        (fact) =>
          fact && (
            <div key={fact.name}>
              <dt>{fact.name}</dt>
              <dd>
                <bdi>{fact.value}</bdi>
              </dd>
            </div>
          ),
      )}
    </dl>
  );
}
