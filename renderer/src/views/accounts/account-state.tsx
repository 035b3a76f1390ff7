import { CircleCheck, CircleDashed, TriangleAlert } from 'lucide-react';
import type { AccountView } from '../../../../preload/contract';
import { useTranslator } from '../../state/context';

interface AccountStateProps {
  account: AccountView;
  problem: AccountView['problem'];
}

/** Whether the account works, as a word with an icon. */
export function AccountState({ account, problem }: AccountStateProps) {
  const t = useTranslator();
  if (problem !== null) {
    return (
      <span
        className="pill"
        data-tone={problem === 'key-refused' || problem === 'key-missing' ? 'failed' : 'attention'}
      >
        <TriangleAlert size={13} aria-hidden />
        {t.text(`account.state.${problem}`)}
      </span>
    );
  }
  if (account.lastSuccessAtMs === null) {
    return (
      <span className="pill" data-tone="waiting">
        <CircleDashed size={13} aria-hidden />
        {t.text('account.unchecked')}
      </span>
    );
  }
  return (
    <span className="pill" data-tone="done">
      <CircleCheck size={13} aria-hidden />
      {t.text('account.working')}
    </span>
  );
}
