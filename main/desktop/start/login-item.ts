import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { app } from 'electron';
import type { Platform } from '../platform';
import { applyLoginItem } from './login-item-linux';

/** The command that starts this app again: the program alone when packaged, else with its folder. */
function startCommand(): string[] {
  // An AppImage is mounted at a new place at each start; its own path is in the environment.
  const program = process.env.APPIMAGE ?? process.execPath;
  return app.isPackaged ? [program] : [program, app.getAppPath()];
}

/** Whether the login opened us, where the system says so instead of passing an argument (macOS). */
export function isOpenedAtLogin(): boolean {
  return process.platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin;
}

/** Starts the app with the login, or no longer. Throws when the system does not let us write it. */
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
