import { join } from 'node:path';
import { app } from 'electron';
import { canLiveInTray } from '../desktop/platform';
import { usesWayland } from '../desktop/window/display-server';
import { followReachability } from '../desktop/window/reachability';
import { createWindowKeeper } from '../desktop/window/window';
import type { Foundation } from './foundation';

/** The one window, and the theme it follows. */
export function composeWindows({ platform, iconFile, t, feed, environment }: Foundation) {
  const windows = createWindowKeeper({
    preloadFile: join(import.meta.dirname, '../preload/index.cjs'),
    iconFile,
    locale: t.locale,
    mayDisappear: () => canLiveInTray(platform, environment.current().trayHost),
    hasQuitKey: platform === 'linux',
    wayland: usesWayland({
      platform,
      env: process.env,
      switchValue: (name) => app.commandLine.getSwitchValue(name),
      electronVersion: process.versions.electron,
    }),
    feed,
  });
  feed.on('settings', ({ changes: { theme } }) => {
    if (theme !== undefined) windows.setTheme(theme);
  });
  followReachability({ feed, ensureReachable: windows.ensureReachable });
  return windows;
}
