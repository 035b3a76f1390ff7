import { useEffect, useState } from 'react';
import type { StartCost, StartForm } from '../../../../preload/contract';
import { coinsText } from '../../state/coins';
import { useCliptray, useTranslator } from '../../state/context';

/** What the form would cost, read again when its kind or the last `outcome` may have changed that. */
export function useStartCost(
  accountId: string | null,
  form: StartForm,
  outcome: unknown,
): StartCost | null {
  const { actions } = useCliptray();
  const [cost, setCost] = useState<StartCost | null>(null);
  const hasText = form.kind === 'transcript' && form.text !== null;
  const { kind } = form;
  // biome-ignore lint/correctness/useExhaustiveDependencies: other fields of the form change no fee.
  useEffect(() => {
    let isOpen = true;
    if (accountId === null) return;
    const load = async () => {
      const done = await actions.run('execution.cost', { accountId, form });
      if (isOpen && done) setCost(done.response);
    };
    void load();
    return () => {
      isOpen = false;
    };
  }, [actions, accountId, kind, hasText, outcome]);
  return cost;
}

/** The fee, what comes on top of it, and the balance. */
export function CostFacts({
  cost,
  hasText,
  service,
}: {
  cost: StartCost;
  hasText: boolean;
  service: string;
}) {
  const t = useTranslator();
  const { feeCoins, balanceCoins } = cost;
  return (
    <dl className="facts cost-facts">
      <div>
        <dt>{t.text('cost.label')}</dt>
        <dd>
          {feeCoins === null
            ? t.text('cost.unknown', { service })
            : t.text(hasText ? 'cost.fee.ownText' : 'cost.fee', { fee: coinsText(t, feeCoins) })}
        </dd>
      </div>
      <div>
        <dt>{t.text('cost.balance')}</dt>
        <dd>
          {balanceCoins === null
            ? t.text('cost.balance.unknown', { service })
            : coinsText(t, balanceCoins)}
        </dd>
      </div>
    </dl>
  );
}
