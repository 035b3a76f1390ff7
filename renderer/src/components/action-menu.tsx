import type { ReactNode } from 'react';
import { Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';

export interface MenuAction {
  id: string;
  label: string;
  icon: ReactNode;
  /** The keyboard shortcut that does the same. */
  keys?: string;
  isDanger?: boolean;
  isDisabled?: boolean;
  act: () => void;
}

interface ActionMenuProps {
  actions: MenuAction[];
  placement?: 'bottom end' | 'bottom start';
  /** The button that opens it. */
  children: ReactNode;
}

/** A button that opens a menu of less frequent actions. */
export function ActionMenu({ actions, placement = 'bottom end', children }: ActionMenuProps) {
  return (
    <MenuTrigger>
      {children}
      <Popover className="popover" placement={placement} offset={4}>
        <Menu className="menu">
          {actions.map((action) => (
            <MenuItem
              key={action.id}
              id={action.id}
              textValue={action.label}
              className="menu-item"
              data-danger={action.isDanger || undefined}
              isDisabled={action.isDisabled}
              onAction={action.act}
            >
              {action.icon}
              <span className="menu-item-text">{action.label}</span>
              {action.keys && <kbd className="menu-item-keys">{action.keys}</kbd>}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
