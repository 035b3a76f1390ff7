/** What decides on which display server windows are made. */
export interface DisplayServerFacts {
  platform: NodeJS.Platform;
  env: NodeJS.ProcessEnv;
  /** Value of the Chromium switch of this name; empty when it was not given. */
  switchValue: (name: string) => string;
  /** Electron's version, such as `33.2.1`. */
  electronVersion: string;
}

/** From this one on, Electron chooses by itself. */
const CHOOSES_SINCE = 38;

/**
 * Whether windows are made on Wayland, where some things work differently: nothing is drawn for a window
 * that is not shown yet, and a program cannot raise or unminimise one. A wrong yes does no harm.
 * https://www.electronjs.org/blog/electron-38-0
 */
export function usesWayland(facts: DisplayServerFacts): boolean {
  const { platform, env, switchValue, electronVersion } = facts;
  if (platform !== 'linux') return false;
  const chosen = switchValue('ozone-platform');
  if (chosen !== '' && chosen !== 'auto') return chosen === 'wayland';
  const hint = switchValue('ozone-platform-hint') || env.ELECTRON_OZONE_PLATFORM_HINT || '';
  if (hint === 'x11') return false;
  const asks = chosen === 'auto' || hint === 'auto' || hint === 'wayland';
  if (!asks && Number.parseInt(electronVersion, 10) < CHOOSES_SINCE) return false;
  return env.XDG_SESSION_TYPE === 'wayland' || Boolean(env.WAYLAND_DISPLAY);
}
