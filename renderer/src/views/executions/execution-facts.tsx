import type { ExecutionView } from '../../../../preload/contract';
import { coinsText } from '../../state/coins';
import { useAppState, useServiceName, useTranslator } from '../../state/context';

/** Account, workflow, times, cost and status of an execution. */
export function ExecutionFacts({
  execution,
  accountId,
}: {
  execution: ExecutionView;
  accountId: string | null;
}) {
  const t = useTranslator();
  const account = useAppState((state) =>
    accountId === null ? undefined : state.accounts[accountId],
  );
  const service = useServiceName(account?.service);
  const nowMs = Date.now();
  const workflow = execution.workflow?.name ?? execution.workflow?.id ?? null;
  const startedAtMs = execution.startedAtMs ?? execution.createdAtMs;
  const facts = [
    account && {
      name: t.text('line.account'),
      value: t.text('line.accountAt', { name: account.name, service }),
    },
    workflow !== null && { name: t.text('execution.workflow'), value: workflow },
    startedAtMs !== null && { name: t.text('line.started'), value: t.clock(startedAtMs, nowMs) },
    execution.endedAtMs !== null && {
      name: t.text('timeline.ended'),
      value: t.clock(execution.endedAtMs, nowMs),
    },
    execution.costCoins !== null && {
      name: t.text('execution.cost'),
      value: coinsText(t, execution.costCoins),
    },
    { name: t.text('line.status'), value: t.text('line.quote', { text: execution.remoteStatus }) },
    { name: t.text('timeline.remoteId'), value: execution.id },
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
