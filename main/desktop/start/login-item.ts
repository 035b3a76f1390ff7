import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { app } from 'electron';
import type { Platform } from '../platform';
import { applyLoginItem } from './login-item-linux';

/** The command that starts this app again: the program alone when packaged, else with its folder. */
export function startCommand(): string[] {
  // An AppImage is mounted at a new path at each start; the path of its file is in the environment.
  const program = process.env.APPIMAGE ?? process.execPath;
  return app.isPackaged ? [program] : [program, app.getAppPath()];
}

/** Whether the app was opened at login, where the system says so instead of an argument (macOS). */
export function isOpenedAtLogin(): boolean {
  return process.platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin;
}

/** Turns starting at login on or off. Throws when the login item cannot be written. */
export function setLoginItem(platform: Platform, enabled: boolean): void {
  const configFolder = process.env.XDG_CONFIG_HOME || join(homedir(), '.config');
  applyLoginItem(
    {
      platform,
      setLoginItem: (item) => app.setLoginItemSettings(item),
      autostartFolder: join(configFolder, 'autostart'),
      writeFile(path, content) {
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, content);
      },
      removeFile: (path) => rmSync(path, { force: true }),
      command: startCommand(),
    },
    enabled,
  );
}
