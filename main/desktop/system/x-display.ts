import { app } from 'electron';

/**
 * The X display that Electron uses, as in DISPLAY; null on Wayland. Electron 38 and later choose Wayland by
 * themselves in a session of Wayland, and say so in this switch.
 */
export function xDisplay(): string | null {
  const chosen = app.commandLine.getSwitchValue('ozone-platform');
  const isWayland =
    chosen === 'wayland' || (chosen !== 'x11' && process.env.XDG_SESSION_TYPE === 'wayland');
  return isWayland ? null : process.env.DISPLAY || null;
}
