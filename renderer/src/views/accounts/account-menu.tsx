import { CreditCard, Ellipsis, ExternalLink, KeyRound, Pencil, Trash2 } from 'lucide-react';
import type { AccountView } from '../../../../preload/contract';
import { ActionMenu, type MenuAction } from '../../components/action-menu';
import { IconButton } from '../../components/button';
import { useAppState, useCliptray, useTranslator } from '../../state/context';

/** The less frequent things to do with an account. */
export function AccountMenu({ account }: { account: AccountView }) {
  const t = useTranslator();
  const { actions, window: windowState } = useCliptray();
  const service = useAppState((state) => state.services[account.service]);
  const openDialog = (kind: 'rename-account' | 'replace-key' | 'remove-account') =>
    windowState.patch({ dialog: { kind, accountId: account.id } });
  const openPage = (page: 'keys' | 'balance') =>
    void actions.run('page.open', { page, service: account.service });

  const items: MenuAction[] = [
    {
      id: 'rename',
      label: t.text('account.rename'),
      icon: <Pencil size={14} aria-hidden />,
      act: () => openDialog('rename-account'),
    },
    {
      id: 'replaceKey',
      label: t.text('account.replaceKey'),
      icon: <KeyRound size={14} aria-hidden />,
      act: () => openDialog('replace-key'),
    },
  ];
  if (service?.hasKeyPage) {
    items.push({
      id: 'keysPage',
      label: t.text('account.keysPage'),
      icon: <ExternalLink size={14} aria-hidden />,
      act: () => openPage('keys'),
    });
  }
  if (service?.hasBalancePage) {
    items.push({
      id: 'balancePage',
      label: t.text('account.balancePage'),
      icon: <CreditCard size={14} aria-hidden />,
      act: () => openPage('balance'),
    });
  }
  items.push({
    id: 'remove',
    label: t.text('account.remove'),
    icon: <Trash2 size={14} aria-hidden />,
    isDanger: true,
    act: () => openDialog('remove-account'),
  });

  return (
    <ActionMenu actions={items}>
      <IconButton label={t.text('account.more', { name: account.name })} tip="">
        <Ellipsis size={16} aria-hidden />
      </IconButton>
    </ActionMenu>
  );
}
