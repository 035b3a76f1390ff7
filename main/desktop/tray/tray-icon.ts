import { join } from 'node:path';
import { nativeImage } from 'electron';
import type { Platform } from '../platform';
import { trayIconFile } from './tray-icon-file';
import type { TrayState } from './tray-state';

/** The icon's image for a state, from the folder with all of them. */
export function trayIcon(
  iconFolder: string,
  platform: Platform,
  state: TrayState,
): Electron.NativeImage {
  const file = trayIconFile(platform, state);
  const image = nativeImage.createFromPath(join(iconFolder, file.name));
  if (file.template) image.setTemplateImage(true);
  return image;
}
