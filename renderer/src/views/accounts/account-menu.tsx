import { CreditCard, Ellipsis, ExternalLink, KeyRound, Pencil, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import type { AccountView } from '../../../../preload/contract';
import { IconButton } from '../../components/button';
import { useAppState, useCliptray, useTranslator } from '../../state/context';

interface Item {
  label: string;
  icon: ReactNode;
  isDanger?: boolean;
  act: () => void;
}

/** The less frequent things to do with an account. */
export function AccountMenu({ account }: { account: AccountView }) {
  const t = useTranslator();
  const { actions, window: windowState } = useCliptray();
  const service = useAppState((state) => state.services[account.service]);
  const openDialog = (kind: 'rename-account' | 'replace-key' | 'remove-account') =>
    windowState.patch({ dialog: { kind, accountId: account.id } });
  const openPage = (page: 'keys' | 'balance') =>
    void actions.run('page.open', { page, service: account.service });

  const items: Item[] = [
    {
      label: t.text('account.rename'),
      icon: <Pencil size={14} aria-hidden />,
      act: () => openDialog('rename-account'),
    },
    {
      label: t.text('account.replaceKey'),
      icon: <KeyRound size={14} aria-hidden />,
      act: () => openDialog('replace-key'),
    },
  ];
  if (service?.hasKeyPage) {
    items.push({
      label: t.text('account.keysPage'),
      icon: <ExternalLink size={14} aria-hidden />,
      act: () => openPage('keys'),
    });
  }
  if (service?.hasBalancePage) {
    items.push({
      label: t.text('account.balancePage'),
      icon: <CreditCard size={14} aria-hidden />,
      act: () => openPage('balance'),
    });
  }
  items.push({
    label: t.text('account.remove'),
    icon: <Trash2 size={14} aria-hidden />,
    isDanger: true,
    act: () => openDialog('remove-account'),
  });

  return (
    <MenuTrigger>
      <IconButton label={t.text('account.more', { name: account.name })} tip="">
        <Ellipsis size={16} aria-hidden />
      </IconButton>
      <Popover className="popover" placement="bottom end" offset={4}>
        <Menu className="menu">
          {items.map((item) => (
            <MenuItem
              key={item.label}
              id={item.label}
              textValue={item.label}
              className="menu-item"
              data-danger={item.isDanger || undefined}
              onAction={item.act}
            >
              {item.icon}
              <span className="menu-item-text">{item.label}</span>
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
