import { Menu } from 'electron';
import type { Translator } from '../../../preload/messages';
import type { Platform } from '../platform';

/**
 * macOS needs a menu bar for copy, paste and quit to work from the keyboard. Elsewhere the window has
 * none, so the default menu's reload and developer tools are gone too.
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
              // Not the `quit` role, which would quit without asking about unfinished uploads.
              { label: t.text('menu.quit'), accelerator: 'Command+Q', click: quit },
            ],
          },
          { label: t.text('menu.edit'), role: 'editMenu' },
          { label: t.text('menu.window'), role: 'windowMenu' },
        ])
      : null,
  );
}
