import { Menu } from 'electron';
import type { Translator } from '../../../preload/messages';
import type { Platform } from '../platform';

/**
 * macOS needs a menu bar for copy, paste and quit to work from the keyboard; elsewhere the window
 * has none, and with it goes the default menu's reload and developer tools.
 */
export function setAppMenu(platform: Platform, t: Translator, quit: () => void): void {
  Menu.setApplicationMenu(
    platform === 'darwin'
      ? Menu.buildFromTemplate([
          {
            label: t.text('app.name'),
            submenu: [
              { role: 'about' },
              { type: 'separator' },
              { role: 'services' },
              { type: 'separator' },
              { role: 'hide' },
              { role: 'hideOthers' },
              { role: 'unhide' },
              { type: 'separator' },
              // Not the role: that one would quit without a question about unfinished uploads.
              { label: t.text('menu.quit'), accelerator: 'Command+Q', click: quit },
            ],
          },
          { label: t.text('menu.edit'), role: 'editMenu' },
          { label: t.text('menu.window'), role: 'windowMenu' },
        ])
      : null,
  );
}
