import type { Platform } from '../platform';
import { HIDDEN_ARGUMENT } from './command-line';

export interface LoginItemDeps {
  platform: Platform;
  /** Electron's own call, for macOS and Windows. */
  setLoginItem: (item: { openAtLogin: boolean; args: string[] }) => void;
  /** Linux: the user's autostart folder. https://specifications.freedesktop.org/autostart-spec */
  autostartFolder: string;
  writeFile: (path: string, content: string) => void;
  removeFile: (path: string) => void;
  /** The program and its arguments as this process was started. */
  command: string[];
}

/** One argument of a desktop entry's Exec line: quoted, with its reserved characters escaped. */
function execArgument(argument: string): string {
  const escaped = argument.replace(/[\\"`$]/g, '\\$&').replaceAll('%', '%%');
  // Once for the Exec quoting, once for the value's own escapes.
  return `"${escaped.replaceAll('\\', '\\\\')}"`;
}

/** The autostart entry that starts `command` without a window. */
export function autostartEntry(command: string[]): string {
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Cliptray',
    `Exec=${[...command, HIDDEN_ARGUMENT].map(execArgument).join(' ')}`,
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n');
}

/** Makes the login item agree with the setting. Throws when the autostart folder cannot be written. */
export function applyLoginItem(deps: LoginItemDeps, enabled: boolean): void {
  if (deps.platform !== 'linux') {
    deps.setLoginItem({ openAtLogin: enabled, args: [HIDDEN_ARGUMENT] });
    return;
  }
  // Electron's login items do nothing on Linux.
  const file = `${deps.autostartFolder}/cliptray.desktop`;
  if (enabled) deps.writeFile(file, autostartEntry(deps.command));
  else deps.removeFile(file);
}
