import { app, Tray } from 'electron';
import type { Platform } from '../platform';
import { trayIcon } from './tray-icon';

/** The icon as it is before the app knows what to say: no menu yet, and only its name. */
export function showInitialIcon(iconFolder: string, platform: Platform): Tray {
  const tray = new Tray(trayIcon(iconFolder, platform, 'idle'));
  tray.setToolTip(app.name);
  return tray;
}
