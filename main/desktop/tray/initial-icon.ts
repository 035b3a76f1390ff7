import { app, Tray } from 'electron';
import type { Platform } from '../platform';
import { trayIcon } from './tray-icon';

/** Shows the icon as it is until the app is loaded: without a menu, and with only the app's name. */
export function showInitialIcon(iconFolder: string, platform: Platform): Tray {
  const tray = new Tray(trayIcon(iconFolder, platform, 'idle'));
  tray.setToolTip(app.name);
  return tray;
}
