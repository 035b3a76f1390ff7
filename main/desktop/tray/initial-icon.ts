import { join } from 'node:path';
import { app, nativeImage, Tray } from 'electron';
import { type Platform, trayIconFile } from '../platform';

/** The icon's picture for a state, from the folder with all of them. */
export function trayIcon(
  iconFolder: string,
  platform: Platform,
  state: Parameters<typeof trayIconFile>[1],
): Electron.NativeImage {
  const file = trayIconFile(platform, state);
  const image = nativeImage.createFromPath(join(iconFolder, file.name));
  if (file.template) image.setTemplateImage(true);
  return image;
}

/** The icon as it is before the app knows what to say: no menu yet, and only its name. */
export function showInitialIcon(iconFolder: string, platform: Platform): Tray {
  const tray = new Tray(trayIcon(iconFolder, platform, 'idle'));
  tray.setToolTip(app.name);
  return tray;
}
