import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { Menu, type MenuItemConstructorOptions, nativeImage, Tray } from 'electron';
import type { TrayAction, TrayItem, TrayModel } from './tray-model';
import { type Platform, trayIconFile } from './tray-platform';

export interface TrayParts {
  platform: Platform;
  iconFolder: string;
  act: (action: TrayAction) => void;
  /** Files dropped on the icon, where the platform has that (macOS). */
  onFiles: (paths: string[]) => void;
}

/** `&` marks a shortcut letter in menu labels; a title with one must not lose it. */
function menuLabel(text: string): string {
  return text.replaceAll('&', '&&');
}

/** The tray icon. Give it a model and it makes the icon agree; an equal model changes nothing. */
export function createTray({ platform, iconFolder, act, onFiles }: TrayParts) {
  let tray: Tray | null = null;
  let shown: TrayModel | null = null;
  let wanted: TrayModel | null = null;

  function icon(state: TrayModel['state']) {
    const file = trayIconFile(platform, state);
    const image = nativeImage.createFromPath(join(iconFolder, file.name));
    if (file.template) image.setTemplateImage(true);
    return image;
  }

  function entry(item: TrayItem): MenuItemConstructorOptions {
    if (item.type === 'separator') return { type: 'separator' };
    if (item.type === 'heading') return { label: menuLabel(item.label), enabled: false };
    const click = () => act(item.action);
    if (item.type === 'check') {
      return { type: 'checkbox', label: menuLabel(item.label), checked: item.checked, click };
    }
    return { label: menuLabel(item.label), click };
  }

  function open(state: TrayModel['state']): Tray {
    const made = new Tray(icon(state));
    // Linux delivers a click only where the host has no menu to show; elsewhere it opens the window.
    made.on('click', () => act({ do: 'open' }));
    made.on('drop-files', (_event, files) => onFiles(files));
    return made;
  }

  function render(): void {
    if (wanted === null) return;
    tray ??= open(wanted.state);
    if (shown?.state !== wanted.state) tray.setImage(icon(wanted.state));
    if (shown?.tooltip !== wanted.tooltip) tray.setToolTip(wanted.tooltip);
    // A new menu closes an open one on Linux: only when there is something new in it.
    if (!isDeepStrictEqual(shown?.menu, wanted.menu)) {
      tray.setContextMenu(Menu.buildFromTemplate(wanted.menu.map(entry)));
    }
    shown = wanted;
  }

  return {
    show(model: TrayModel): void {
      wanted = model;
      render();
    },
    /** The desktop got a tray host: an icon made before it existed would stay invisible. */
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
