import { Menu } from 'electron';
import type { Translator } from '../../preload/messages';
import type { Platform } from './tray-platform';

/**
 * macOS needs a menu bar for copy, paste and quit to work from the keyboard; elsewhere the window
 * has none, and with it goes the default menu's reload and developer tools.
 */
export function setAppMenu(platform: Platform, t: Translator): void {
  Menu.setApplicationMenu(
    platform === 'darwin'
      ? Menu.buildFromTemplate([
          { role: 'appMenu' },
          { label: t.text('menu.edit'), role: 'editMenu' },
          { label: t.text('menu.window'), role: 'windowMenu' },
        ])
      : null,
  );
}
