import { NeedAccountDialog } from '../../components/need-account-dialog';
import { useCliptray, useTranslator } from '../../state/context';
import { executionServices } from '../../state/execution-accounts';

/** No account can start executions: offers to add one that can. */
export function NeedExecutionAccountDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslator();
  const state = useCliptray().app.get();
  return (
    <NeedAccountDialog
      title={t.text('needExecutionAccount.title')}
      text={(services) => t.text('needExecutionAccount.text', { services })}
      services={state ? executionServices(state) : []}
      onClose={onClose}
    />
  );
}
