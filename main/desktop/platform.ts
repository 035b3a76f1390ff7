export type Platform = 'linux' | 'darwin' | 'win32';

/** The platform we run on, as one of the three that have branches; other Unixes behave like Linux. */
export function platformOf(name: NodeJS.Platform): Platform {
  return name === 'darwin' || name === 'win32' ? name : 'linux';
}

/**
 * Whether closing the window may leave the app in the tray alone. macOS and Windows always show tray
 * icons; Linux desktops only with a tray host.
 */
export function canLiveInTray(platform: Platform, trayHost: boolean): boolean {
  return platform !== 'linux' || trayHost;
}
