import type { AccountView, PollingPace } from '../../../../preload/contract';
import { Segmented } from '../../components/segmented';
import { useAppState, useCliptray, useTranslator } from '../../state/context';

const PACES: PollingPace[] = ['saving', 'balanced', 'close'];

/** How often the account is polled, and what that means for delay and cost. */
export function PaceChoice({ account }: { account: AccountView }) {
  const t = useTranslator();
  const { actions } = useCliptray();
  const costsCoins = useAppState((state) => state.services[account.service]?.coinsPerPoll != null);
  const { pace } = account;
  return (
    <Segmented
      label={t.text('account.pace')}
      isLabelVisible
      help={t.text(costsCoins ? `pace.${pace}.text.coins` : `pace.${pace}.text`)}
      value={pace}
      options={PACES.map((id) => ({ id, name: t.text(`pace.${id}`) }))}
      onChange={(next) =>
        void actions.run('account.setPace', { accountId: account.id, pace: next })
      }
    />
  );
}
