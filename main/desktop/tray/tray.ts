import { isDeepStrictEqual } from 'node:util';
import { app, Menu, type MenuItemConstructorOptions, Tray } from 'electron';
import type { Platform } from '../platform';
import { trayIcon } from './tray-icon';
import type { TrayAction, TrayItem } from './tray-menu';
import type { TrayModel } from './tray-model';

export interface TrayDeps {
  platform: Platform;
  /** The icon that is shown already. */
  initial: Tray;
  iconFolder: string;
  act: (action: TrayAction) => void;
  /** Files dropped on the icon, where the platform has that (macOS). */
  onFiles: (paths: string[]) => void;
}

/** `&` marks a shortcut letter in menu labels, so one in a title is doubled to stay visible. */
function menuLabel(text: string): string {
  return text.replaceAll('&', '&&');
}

/** The tray icon, which is made to show the model it is given; an equal model changes nothing. */
export function createTray({ platform, initial, iconFolder, act, onFiles }: TrayDeps) {
  let tray: Tray | null = listen(initial);
  let shown: TrayModel | null = { state: 'idle', tooltip: app.name, menu: [] };
  let wanted: TrayModel | null = null;

  function entry(item: TrayItem): MenuItemConstructorOptions {
    if (item.type === 'separator') return { type: 'separator' };
    if (item.type === 'heading') return { label: menuLabel(item.label), enabled: false };
    const click = () => act(item.action);
    if (item.type === 'check') {
      return { type: 'checkbox', label: menuLabel(item.label), checked: item.checked, click };
    }
    return { label: menuLabel(item.label), click };
  }

  function listen(made: Tray): Tray {
    // On Linux, only hosts that show no menu on a click report it.
    made.on('click', () => act({ do: 'open' }));
    made.on('drop-files', (_event, files) => onFiles(files));
    return made;
  }

  function render(): void {
    if (wanted === null) return;
    tray ??= listen(new Tray(trayIcon(iconFolder, platform, wanted.state)));
    if (shown?.state !== wanted.state) tray.setImage(trayIcon(iconFolder, platform, wanted.state));
    if (shown?.tooltip !== wanted.tooltip) tray.setToolTip(wanted.tooltip);
    // On Linux, a new menu closes an open one, so it is set only when something in it has changed.
    if (!isDeepStrictEqual(shown?.menu, wanted.menu)) {
      tray.setContextMenu(Menu.buildFromTemplate(wanted.menu.map(entry)));
    }
    shown = wanted;
  }

  return {
    show(model: TrayModel): void {
      if (model === shown) return;
      wanted = model;
      render();
    },
    /** A tray host has appeared: an icon created before that would stay invisible. */
    renew(): void {
      tray?.destroy();
      tray = null;
      shown = null;
      render();
    },
    destroy(): void {
      tray?.destroy();
      tray = null;
      wanted = null;
    },
  };
}

export type AppTray = ReturnType<typeof createTray>;
